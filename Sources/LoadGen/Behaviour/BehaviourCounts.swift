/// What the plan's behaviour of clients has come to, over the whole run.
struct BehaviourCounts: Equatable {
    var churned = 0
    var vanished = 0
    /// Dropped by a storm.
    var stormed = 0
    /// Came back after a connection that had ended without their closing it.
    var reconnected = 0
    /// Slow readers that the server gave up on, each time.
    var slowDisconnected = 0
}
