/// What became of a message for one client.
enum TargetedDelivery: Sendable {
    case queued
    /// The client is too far behind (`--slow-client skip`).
    case leftOut
    /// It is no longer there, or was too far behind and is being closed.
    case gone
}
