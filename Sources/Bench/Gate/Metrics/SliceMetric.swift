/// A metric that is measured in slices: one load's figure, the candidate's over the baseline's.
package struct SliceMetric: Sendable {
    package enum Figure: Sendable {
        /// Processor time a delivery: the server's and that of `ksoftirqd` beside it. How the kernel divides the work
        /// between the two is chance, and only the sum is the same from start to start.
        case cpu
        case deliveriesPerSecond
        /// Published to the last client's having it.
        case completion(percentile: Double)

        /// Of a single slice; nil where that does not say it.
        var ofSlice: ((SliceRecord) -> Double?)? {
            switch self {
            case .cpu: \.wholeCPUNanosecondsPerDelivery
            case .deliveriesPerSecond: \.deliveriesPerSecond
            case .completion: nil
            }
        }

        /// One arm's figure in a set.
        ///
        /// - Parameter slices: those of the arm that count; all of one arm.
        func value(in set: SliceSet, of slices: [SliceRecord]) throws -> Double? {
            if let ofSlice { return HodgesLehmann.estimate(slices.compactMap(ofSlice)) }
            guard case .completion(let percentile) = self, let arm = slices.first?.arm else { return nil }
            return try SetCompletions([set]).percentile(percentile, arm: arm)
        }
    }

    package let metric: GateMetric
    package let load: GateLoad
    package let figure: Figure

    package static let all: [SliceMetric] = [
        SliceMetric(GateMetric("cpu.inFlight1", .timing, isRequired: true), .inFlight1, .cpu),
        SliceMetric(GateMetric("cpu.inFlight16", .timing), .inFlight16, .cpu),
        SliceMetric(GateMetric("cpu.16KiB", .timing), .kib16, .cpu),
        SliceMetric(GateMetric("cpu.openLoop", .timing), .openLoop, .cpu),
        SliceMetric(GateMetric("cpu.1000Clients", .shown), .clients1000, .cpu),
        rate(.inFlight1), rate(.inFlight16), rate(.kib16), rate(.clients1000),
        completion(.inFlight1, 50), completion(.inFlight1, 99), completion(.openLoop, 50), completion(.openLoop, 99),
    ]

    private init(_ metric: GateMetric, _ load: GateLoad, _ figure: Figure) {
        self.metric = metric
        self.load = load
        self.figure = figure
    }

    private static func rate(_ load: GateLoad) -> SliceMetric {
        SliceMetric(
            GateMetric("deliveriesPerSecond.\(load.rawValue)", .shown, better: .higher), load, .deliveriesPerSecond)
    }

    private static func completion(_ load: GateLoad, _ percentile: Int) -> SliceMetric {
        SliceMetric(
            GateMetric("completionP\(percentile).\(load.rawValue)", .shown), load,
            .completion(percentile: Double(percentile)))
    }
}
