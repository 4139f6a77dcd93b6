/// One entry of a loop's socket table.
struct SocketSlot {
    enum State: UInt8 {
        case free
        case listening
        case connecting
        case open
        /// Given up by the handler; waits for the kernel to let go of its requests.
        case closing
    }

    var descriptor: Int32 = -1
    var state = State.free
    /// Requests of this socket that the kernel still holds (io_uring; none with epoll).
    var outstandingRequests: UInt8 = 0
    /// Whether the handler wants bytes from this socket.
    var wantsReading = false
    /// Whether a reading request or registration stands.
    var isReading = false
    /// The peer has finished writing: there is nothing more to read.
    var hasEnded = false
    var awaitsWritable = false
    var resetsOnClose = false
    /// Whether the kernel stamps what comes in, and reads ask for the stamp.
    var stampsReceives = false
    /// So many of the next bytes are to be dropped unread.
    var discardBytes = 0
}
