/// What became of the connections of a run.
package struct ClientCounts: Codable, Equatable, Sendable {
    package var requested: Int
    package var connected: Int
    package var failed: Int
    /// Ends that were not asked for.
    package var disconnected: Int
    /// How fast the first connections were made, from the first to the last; null where there were no two.
    @ExplicitNull package var connectedPerSecond: Double?
    /// Ends of slow readers' connections, which the server has had enough of.
    ///
    /// This and the following are null in results from before clients could behave so.
    @ExplicitNull package var slowDisconnected: Int?
    /// Closed by plan, to connect again at once.
    @ExplicitNull package var churned: Int?
    /// Gone by plan without a close frame, one at a time.
    @ExplicitNull package var vanished: Int?
    /// Gone in the same way in a storm.
    @ExplicitNull package var stormed: Int?
    /// Open again after a connection that they had not closed themselves.
    @ExplicitNull package var reconnected: Int?

    package init(
        requested: Int, connected: Int, failed: Int, disconnected: Int, connectedPerSecond: Double? = nil,
        slowDisconnected: Int? = nil, churned: Int? = nil, vanished: Int? = nil, stormed: Int? = nil,
        reconnected: Int? = nil
    ) {
        self.requested = requested
        self.connected = connected
        self.failed = failed
        self.disconnected = disconnected
        self.connectedPerSecond = connectedPerSecond
        self.slowDisconnected = slowDisconnected
        self.churned = churned
        self.vanished = vanished
        self.stormed = stormed
        self.reconnected = reconnected
    }
}
