import Recording

/// What one arm did under one load, over all sets: totals over totals, percentiles from merged histograms.
package struct ArmAnalysis: Codable, Equatable, Sendable {
    package let name: String
    package let slices: Int
    package let deliveries: Int
    /// Deliveries that did not come, or came twice, out of order or changed.
    package let faults: Int
    @ExplicitNull package private(set) var serverCPUNanosecondsPerDelivery: Double?
    /// Of `ksoftirqd` beside it on the servers' cores.
    @ExplicitNull package private(set) var softirqNanosecondsPerDelivery: Double?
    @ExplicitNull package private(set) var deliveriesPerSecond: Double?
    @ExplicitNull package private(set) var deliveriesPerRead: Double?
    /// CPU over elapsed time: above 1 where several threads had several cores.
    @ExplicitNull package private(set) var serverBusyFraction: Double?
    /// Of the one core that the generator uses.
    @ExplicitNull package private(set) var generatorBusyFraction: Double?
    @ExplicitNull package private(set) var completionP50Nanoseconds: Int?
    @ExplicitNull package private(set) var completionP99Nanoseconds: Int?
    /// Nil for the first arm.
    @ExplicitNull package private(set) var againstFirst: ArmRatios?

    /// - Parameters:
    ///   - sets: those of one load.
    ///   - arm: the arm's index.
    init(_ name: String, _ sets: [SliceSet], arm: Int, completions: SetCompletions) {
        self.name = name
        let slices = sets.flatMap(\.slices).filter { $0.arm == arm }
        // As floating point, since sums of what a file says could be too large for anything else.
        let total = { (figure: (SliceRecord) -> Int) in slices.reduce(0.0) { $0 + Double(figure($1)) } }
        let quotient = { (dividend: Double, divisor: Double) in
            ExplicitNull(wrappedValue: dividend > 0 && divisor > 0 ? dividend / divisor : nil)
        }
        let deliveries = total(\.deliveries)
        let elapsed = total(\.elapsedNanoseconds)
        let serverCPU = total(\.serverCPUNanoseconds)
        self.slices = slices.count
        self.deliveries = Int(exactly: deliveries) ?? .max
        faults = Int(exactly: total(\.faults)) ?? .max
        _serverCPUNanosecondsPerDelivery = quotient(serverCPU, deliveries)
        _softirqNanosecondsPerDelivery = quotient(total(\.softirqNanoseconds), deliveries)
        _deliveriesPerSecond = quotient(deliveries * 1e9, elapsed)
        _deliveriesPerRead = quotient(deliveries, total(\.reads))
        _serverBusyFraction = quotient(serverCPU, elapsed)
        _generatorBusyFraction = quotient(total(\.generatorCPUNanoseconds), elapsed)
        let completion = completions.merged(arm: arm)
        _completionP50Nanoseconds = ExplicitNull(wrappedValue: completion.p50Nanoseconds)
        _completionP99Nanoseconds = ExplicitNull(wrappedValue: completion.p99Nanoseconds)
        _againstFirst = ExplicitNull(
            wrappedValue: arm == 0 ? nil : ArmRatios(sets, arm: arm, completions: completions))
    }
}
