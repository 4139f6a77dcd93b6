import Transport

/// What it takes to serve one client by itself, apart from the others of its stream.
///
/// A client has one while bytes for it alone are waiting, while it has its own place in a stream, or while a change of
/// stream is ahead of it; one that is idle has none, which is most of what keeps idle clients small. Used again for the
/// next client. Loop's thread only.
final class Detour {
    /// The send that was queued and is not settled.
    enum Sending {
        case nothing
        case outbound(count: Int)
        case log(count: Int)
        /// What TLS has made of either.
        case encrypted(count: Int)
    }

    /// A change of stream that has its place in the order and is still to be reached; one to no stream is the end.
    struct Switch {
        let fromEnd: UInt64
        /// How many frames the old stream has up to there.
        let fromFrameCount: UInt64
        let answer: [UInt8]
        let stream: StreamID?
        let start: StreamCursor?
    }

    /// Bytes for this client alone. Sent at frame boundaries of the stream.
    var outbound = OutboundBuffer()
    var sending = Sending.nothing
    /// This client's own place, while it is not level with its loop.
    var trail: StreamCursor?
    /// A part of a frame has been sent: it has to be completed first.
    var isMidFrame = false
    var switches: [Switch] = []

    /// Nothing of the last client is left.
    func clear() {
        outbound.removeAll()
        sending = .nothing
        trail = nil
        isMidFrame = false
        switches.removeAll(keepingCapacity: true)
    }
}
