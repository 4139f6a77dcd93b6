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
    func run(forNanoseconds nanoseconds: UInt64, openLoopRatePerSecond rate: Double?) throws -> BaselineRun {
        let began = MonotonicInstant.now()
        var slices = plan.slices
        slices.arms = [arm]
        progress.show("counting in lock step: \(arm.name)")
        let (exact, closedLoopRate) = try ExactPhase(slices, arm: 0, interruption: interruption).run()
        let rate = rate ?? GateRun.openLoopRatePerSecond(closedLoopRatePerSecond: closedLoopRate)
        let loads = GateLoad.all(openLoopRatePerSecond: rate)
        var figures: [String: [Double]] = [:]
        var sets = 0
        repeat {
            let measurement = try SetMeasurement(slices, set: sets, random: &random, interruption: interruption) {
                [progress, sets] in
                progress.show("process \(sets + 1): \($0)")
            }
            let (records, connections) = try measurement.run(
                plan.series(set: sets, openLoopRatePerSecond: rate), random: &random)
            measurement.end()
            try GateRun.refuseFaults(records, arms: [arm])
            for (name, figure) in try Self.figures(records, loads, connections) {
                figures[name, default: []].append(figure)
            }
            sets += 1
        } while MonotonicInstant.now() - began + Int64(plan.setNanoseconds) < Int64(nanoseconds)
        return BaselineRun(
            at: WallClock.iso8601(), key: key, commit: BuildInfo.commit, exact: exact, openLoopRatePerSecond: rate,
            figures: figures.compactMapValues(HodgesLehmann.estimate), sets: sets)
    }

    /// Of one fresh process, by metric.
    private static func figures(
        _ sets: [SliceSet], _ loads: [GateLoad: SliceLoad], _ connections: [ArmConnection]
    ) throws -> [String: Double] {
        var figures: [String: Double] = [:]
        for metric in SliceMetric.all {
            guard let set = sets.first(where: { $0.load == loads[metric.load] }) else { continue }
            figures[metric.metric.name] = try metric.figure.value(in: set, of: set.slices.filter { !$0.isDisturbed })
        }
        for metric in ConnectionMetric.allCases {
            figures[metric.metric.name] = connections.first { $0.clients == GateLoad.thousand }.flatMap(metric.figure)
        }
        return figures
    }
}
