import WebSocketWire

/// How a `TruthServer` ends the connection of a client that is not the sender, instead of delivering a message to it.
struct TruthEnding: Sendable, CustomStringConvertible {
    enum Manner: Sendable {
        /// The closing handshake; nil for a close frame without a code.
        case closeFrame(CloseCode?)
        /// The end of the stream, unannounced.
        case endOfStream
        case reset
    }

    let manner: Manner
    /// From 1.
    let atMessage: Int

    var description: String { "\(manner) at message \(atMessage)" }
}
