/// The clients of one loop that follow one stream, and where the loop stands in it. Loop's thread only.
struct FanOutGroup {
    /// Those that are level with the loop: each needs the very same bytes next.
    var level = SocketSet()
    /// Those that are level and encrypt: each needs the same next, in bytes of its own.
    var encrypted = SocketSet()
    /// Where this loop stands in the stream; nil while none of its clients follow it.
    var cursor: StreamCursor?
    /// Clients of this loop that follow the stream, level with it or not.
    var followerCount = 0
}
