/// What the server under load has used: a local process with its descendants.
package struct ServerFigures: Codable, Equatable, Sendable {
    package var pid: Int32
    /// Null without deliveries.
    @ExplicitNull package var cpuNanosecondsPerDelivery: Double?
    /// At the end of the measured part.
    @ExplicitNull package var residentBytes: UInt64?
    /// Cores in use on average; more than 1 with several threads.
    @ExplicitNull package var busyFraction: Double?

    package init(
        pid: Int32, cpuNanosecondsPerDelivery: Double?, residentBytes: UInt64?, busyFraction: Double?
    ) {
        self.pid = pid
        self.cpuNanosecondsPerDelivery = cpuNanosecondsPerDelivery
        self.residentBytes = residentBytes
        self.busyFraction = busyFraction
    }
}
