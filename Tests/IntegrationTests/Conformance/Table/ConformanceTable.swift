/// What a peer may send, and what it must not, by RFC 6455 and RFC 7692, with what has to come of it.
///
/// The cases are for both roles of the program unless they say otherwise. Each is a connection of its own, or several
/// where its bytes are cut in different ways. What is behind a violation must have no effect.
enum ConformanceTable {
    static let protocolError = ConformanceEnd.closed(1002)
    static let invalidPayload = ConformanceEnd.closed(1007)
    static let messageTooBig = ConformanceEnd.closed(1009)
}
