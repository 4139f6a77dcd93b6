import LoadGen
import Recording

/// One server measured by itself: counted in lock step, then in slices of fresh processes for a time.
///
/// Without another one beside it the machine's drift is in its times; that is what several runs are for.
final class LoneRun {
    private let plan: GatePlan
    private let arm: SlicePlan.Arm
    private let progress: ProgressLine
    private let interruption: Interruption
    private var random: SeededGenerator
    private let key: BaselineKey
    /// A sentence for what could not be measured and need not be.
    private(set) var leftOut: [String] = []

    /// - Parameter arm: one of the plan's; the other is not started.
    init(
        _ plan: GatePlan, arm: SlicePlan.Arm, machine: MachineDescription, progress: ProgressLine,
        interruption: Interruption
    ) {
        self.plan = plan
        self.arm = arm
        self.progress = progress
        self.interruption = interruption
        random = SeededGenerator(seed: plan.seed)
        key = BaselineKey(machine, plan.slices)
    }

    /// - Parameters:
    ///   - nanoseconds: for all of it.
    ///   - rate: of the open loop; nil where this run is to find it.
    ///   - recordedAt: when the recording began that it is a part of.
    func run(
        forNanoseconds nanoseconds: UInt64, openLoopRatePerSecond rate: Double?, recordedAt: String
    ) throws -> BaselineRun {
        let began = MonotonicInstant.now()
        let (exact, closedLoopRate) = try count()
        if let contradiction = exact.contradiction {
            throw SliceFailure(arm: arm.name, reason: contradiction, exitCode: nil)
        }
        let rate = rate ?? GateRun.openLoopRatePerSecond(closedLoopRatePerSecond: closedLoopRate)
        let loads = GateLoad.all(openLoopRatePerSecond: rate)
        var figures: [String: [Double]] = [:]
        var sets = 0
        repeat {
            let measurement = try SetMeasurement(slices, set: sets, interruption: interruption) {
                [progress, sets] in
                progress.show("process \(sets + 1): \($0)")
            }
            let (records, connections) = try measurement.run(
                plan.series(set: sets, openLoopRatePerSecond: rate, takesThousand: leftOut.isEmpty), random: &random)
            measurement.end()
            leftOut += measurement.leftOut
            try GateRun.refuseFaults(records, arms: [arm])
            for (name, figure) in try Self.figures(records, loads, connections) {
                figures[name, default: []].append(figure)
            }
            sets += 1
        } while MonotonicInstant.now() - began + Int64(plan.setNanoseconds) < Int64(nanoseconds)
        return BaselineRun(
            at: WallClock.iso8601(), recordedAt: recordedAt, key: key, commit: BuildInfo.commit, exact: exact,
            openLoopRatePerSecond: rate,
            figures: figures.compactMapValues(HodgesLehmann.estimate), sets: sets)
    }

    /// What is counted, of a fresh process.
    func count() throws -> (figures: ExactFigures, messagesPerSecond: Double) {
        progress.show("counting in lock step: \(arm.name)")
        return try ExactPhase(slices, arm: 0, interruption: interruption).run()
    }

    private var slices: SlicePlan {
        var slices = plan.slices
        slices.arms = [arm]
        return slices
    }

    /// Of one fresh process, by metric.
    private static func figures(
        _ sets: [SliceSet], _ loads: [GateLoad: SliceLoad], _ connections: [ArmConnection]
    ) throws -> [String: Double] {
        var figures: [String: Double] = [:]
        for metric in SliceMetric.all {
            guard let set = sets.first(where: { $0.load == loads[metric.load] }) else { continue }
            let kept = set.slices.filter { !$0.isDisturbed }
            // A figure from the rest of a process that was mostly disturbed would be that of the disturbance.
            guard kept.count * 2 >= set.slices.count else { continue }
            figures[metric.metric.name] = try metric.figure.value(in: set, of: kept)
        }
        for metric in ConnectionMetric.allCases {
            figures[metric.metric.name] = connections.first { $0.clients == GateLoad.thousand }.flatMap(metric.figure)
        }
        return figures
    }
}
