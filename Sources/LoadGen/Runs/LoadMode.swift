/// What the clients of a run do (`--mode`).
package enum LoadMode: String, CaseIterable, Sendable {
    /// Every client receives every message.
    case broadcast
    /// Every client receives its own messages.
    case echo
    /// Clients are connected and receive nothing.
    case idle
    /// Clients send back what they get, until the server closes.
    case reflect
}
