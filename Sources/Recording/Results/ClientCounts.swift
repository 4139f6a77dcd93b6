/// What became of the connections of a run.
package struct ClientCounts: Codable, Equatable, Sendable {
    package var requested: Int
    package var connected: Int
    package var failed: Int
    /// Ends that were not asked for.
    package var disconnected: Int

    package init(requested: Int, connected: Int, failed: Int, disconnected: Int) {
        self.requested = requested
        self.connected = connected
        self.failed = failed
        self.disconnected = disconnected
    }
}
