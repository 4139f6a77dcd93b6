import LoadGen

/// What a gate does: which servers it compares, for how long, and what counts as a regression.
package struct GatePlan: Sendable {
    /// How the arms are started and loaded: the baseline, then the candidate. Its series are the gate's business.
    package var slices: SlicePlan
    package var budgetNanoseconds: UInt64 = 90_000_000_000
    /// The smallest change that counts, as a share: above 0.
    package var minimumEffect = 0.03
    /// Metrics that are otherwise only shown, and are to decide.
    package var asked: Set<String> = []
    /// Whether timing decides; else the exact counts alone.
    package var timingDecides = true
    package var errors = GateErrors()
    package var seed: UInt64 = 1

    package init(baseline: SlicePlan.Arm, candidate: SlicePlan.Arm) {
        slices = SlicePlan(arms: [baseline, candidate], series: [])
    }

    /// Names of metrics that can be asked to decide.
    package static var shownNames: [String] {
        (SliceMetric.all.map(\.metric) + ConnectionMetric.allCases.map(\.metric)).filter { $0.kind == .shown }.map(
            \.name)
    }

    /// Of one fresh pair of processes, a share of the budget: enough pairs for an interval, and each long enough that
    /// starting it is the smaller part.
    var setNanoseconds: UInt64 { min(max(budgetNanoseconds / 24, 1_200_000_000), 3_000_000_000) }

    /// The series of one set.
    ///
    /// - Parameters:
    ///   - rate: of the open loop, in messages a second.
    ///   - takesThousand: false where a thousand clients turned out to be too many.
    func series(set: Int, openLoopRatePerSecond rate: Double, takesThousand: Bool) -> [SliceSeries] {
        let hasThousand = takesThousand && set.isMultiple(of: Self.setsPerThousand)
        return GateLoad.allCases.filter { $0 != .clients1000 || hasThousand }.map { load in
            let isShownOnly = load == .clients1000
            let share = Double(setNanoseconds) * (isShownOnly ? 0.1 : 0.2)
            let blockNanoseconds = Double(2 * (load.sliceNanoseconds + Self.sliceOverheadNanoseconds))
            let blocks = max(8, Int(share / blockNanoseconds))
            var series = SliceSeries(
                load.load(openLoopRatePerSecond: rate), blocks: blocks + blocks % 2, warmupBlocks: 4,
                sliceNanoseconds: load.sliceNanoseconds)
            series.isOptional = isShownOnly
            return series
        }
    }

    /// Connecting a thousand clients takes half a second, for figures that are only shown.
    private static let setsPerThousand = 4
    /// Reading the clocks around a slice, about.
    private static let sliceOverheadNanoseconds: UInt64 = 500_000
}
