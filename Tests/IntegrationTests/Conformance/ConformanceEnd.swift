/// How a case ends.
enum ConformanceEnd: Equatable, Sendable {
    /// The connection stays open; the peer then closes with 1000, which is answered.
    case staysOpen
    /// The program sends a close frame with this code, 1005 for none, and the connection ends.
    case closed(Int)
    /// The peer ends its stream without a close frame, and so does the program.
    case dropped
    /// Never expected: what came back is no WebSocket, for this reason.
    case malformed(String)
    /// Never expected: what should have come did not.
    case timedOut
}
