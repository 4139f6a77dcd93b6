/// Which end of the connection *we* are: a server takes only masked frames, a client only unmasked ones
/// (RFC 6455 §5.1).
package enum Role: UInt8, Sendable {
    case server
    case client
}
