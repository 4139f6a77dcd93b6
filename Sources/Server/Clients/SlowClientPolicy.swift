/// What happens to a client that falls further behind than the backlog allows (`--slow-client`).
package enum SlowClientPolicy: String, CaseIterable, Sendable {
    /// The frame under way is completed, then the client is closed with 1013.
    case disconnect
    /// The frame under way is completed, then the newest one follows; the gap is counted.
    case skip
}
