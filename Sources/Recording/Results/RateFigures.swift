/// Throughput over the measured part of a run.
package struct RateFigures: Codable, Equatable, Sendable {
    package var publishedPerSecond: Double
    package var deliveriesPerSecond: Double
    /// Payload bytes received.
    package var bytesPerSecond: Double
    /// In a closed loop: the generator, not the server, set the pace.
    package var generatorBound: Bool
    /// What `publishedPerSecond` was to be; null where there was no schedule.
    @ExplicitNull package var requestedPerSecond: Double?

    package init(
        publishedPerSecond: Double, deliveriesPerSecond: Double, bytesPerSecond: Double, generatorBound: Bool,
        requestedPerSecond: Double? = nil
    ) {
        self.publishedPerSecond = publishedPerSecond
        self.deliveriesPerSecond = deliveriesPerSecond
        self.bytesPerSecond = bytesPerSecond
        self.generatorBound = generatorBound
        self.requestedPerSecond = requestedPerSecond
    }
}
