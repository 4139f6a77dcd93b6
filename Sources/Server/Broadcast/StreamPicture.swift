/// How far one loop may read each stream's log: the newest consistent picture that it has seen. Loop's thread only.
struct StreamPicture {
    var ends: [Publication.StreamEnd]
    /// Where the next picture is gathered: this one stays whole where the writer is met, and a round allocates nothing.
    var fresh: [Publication.StreamEnd]
    var version: UInt64 = 0

    init(streamCount: Int = StreamID.count) {
        ends = [Publication.StreamEnd](repeating: .init(), count: streamCount)
        fresh = ends
    }
}
