import LoadGen
import Recording

/// One gate from beginning to verdict: counts in lock step, then fresh pairs of processes in interleaved slices, until the
/// answer is clear or the budget is spent.
///
/// It looks at what it has at moments fixed beforehand and never measures anything again because of how it came out.
/// Everything on the calling thread, which is pinned.
package final class GateRun {
    private let plan: GatePlan
    private let progress: ProgressLine
    private let interruption: Interruption
    private var random: SeededGenerator
    private var result: GateResult
    private var schedule = LookSchedule()
    private var began = MonotonicInstant.now()
    private var takesThousand = true

    package init(_ plan: GatePlan, showsProgress: Bool, interruption: Interruption) {
        self.plan = plan
        self.interruption = interruption
        progress = ProgressLine(isShown: showsProgress)
        random = SeededGenerator(seed: plan.seed)
        // Asked before this thread pins itself.
        let machine = MachineDescription.current(io: plan.slices.io.rawValue, commit: BuildInfo.commit)
        result = GateResult(plan, startedAt: WallClock.iso8601(), machine: machine)
    }

    /// Runs to the verdict. What goes wrong with a server is the verdict `invalid` with a reason, an interruption leaves
    /// what there is.
    ///
    /// - Throws: what keeps the gate itself from working: no descriptors, no place for a file.
    package func run() throws -> GateResult {
        began = .now()
        let thread = MeasuringThread(plan.slices)
        result.hasPriority = thread.hasPriority
        defer { progress.clear() }
        do { try measure() } catch { try result.note(error) }
        withExtendedLifetime(thread) {}
        result.conclude(after: UInt64(MonotonicInstant.now() - began))
        return result
    }

    private var budgetShare: Double {
        Double(MonotonicInstant.now() - began) / Double(plan.budgetNanoseconds)
    }

    private func measure() throws {
        let rate = try count()
        result.openLoopRatePerSecond = rate
        let loads = GateLoad.all(openLoopRatePerSecond: rate)
        var longestSetNanoseconds = Double(plan.setNanoseconds)
        var set = 0
        while true {
            let setBegan = MonotonicInstant.now()
            try measure(set: set, rate: rate, loads)
            // What was given up after a time-out does not come again.
            if takesThousand || set > 0 {
                longestSetNanoseconds = max(longestSetNanoseconds, Double(MonotonicInstant.now() - setBegan))
            }
            set += 1
            // Another one would not be over in time.
            let isLast = budgetShare + longestSetNanoseconds / Double(plan.budgetNanoseconds) > 1
            if let (from, to) = schedule.due(at: budgetShare, isLast: isLast) {
                result.look(from: from, to: to)
                if result.isClear { return }
            }
            if isLast { return }
        }
    }

    /// What is counted and not timed, of both arms. Returns the rate of the open loop.
    private func count() throws -> Double {
        var slowest = Double.infinity
        var counted: [ExactFigures] = []
        for arm in 0...1 {
            progress.show("counting in lock step: \(plan.slices.arms[arm].name)")
            let (figures, messagesPerSecond) = try ExactPhase(plan.slices, arm: arm, interruption: interruption).run()
            counted.append(figures)
            slowest = min(slowest, messagesPerSecond)
        }
        try result.take(exact: counted)
        if counted[0].differs(from: counted[1]) {
            // Whether it is the program or the luck of a start shows in other processes.
            var again: [ExactFigures] = []
            for arm in 0...1 {
                progress.show("counting once more: \(plan.slices.arms[arm].name)")
                again.append(try ExactPhase(plan.slices, arm: arm, interruption: interruption).run().figures)
            }
            try result.take(exactAgain: again)
        }
        return Self.openLoopRatePerSecond(closedLoopRatePerSecond: slowest)
    }

    /// Half of what goes through one at a time, to two digits.
    static func openLoopRatePerSecond(closedLoopRatePerSecond: Double) -> Double {
        let half = max(10, closedLoopRatePerSecond / 2)
        var scale = 1.0
        while half / scale >= 100 { scale *= 10 }
        return (half / scale).rounded(.down) * scale
    }

    private func measure(set: Int, rate: Double, _ loads: [GateLoad: SliceLoad]) throws {
        let measurement = try SetMeasurement(plan.slices, set: set, interruption: interruption) {
            [progress, result] in
            progress.show("pair \(set + 1), \(result.standing): \($0)")
        }
        let (sets, connections) = try measurement.run(
            plan.series(set: set, openLoopRatePerSecond: rate, takesThousand: takesThousand), random: &random)
        measurement.end()
        takesThousand = takesThousand && measurement.leftOut.isEmpty
        result.notes += measurement.leftOut
        try Self.refuseFaults(sets, arms: plan.slices.arms)
        result.sets.append(try GateSet(set: set, sets, loads: loads, connections: connections))
    }

    /// - Throws: `SliceFailure` where deliveries were not what they should be.
    static func refuseFaults(_ sets: [SliceSet], arms: [SlicePlan.Arm]) throws(SliceFailure) {
        for (index, arm) in arms.enumerated() {
            let faults = sets.flatMap(\.slices).filter { $0.arm == index }.reduce(0) { $0 + $1.faults }
            guard faults == 0 else {
                throw SliceFailure(
                    arm: arm.name,
                    reason:
                        "it lost, repeated, reordered or changed \(HumanFormat.count(faults)) deliveries, or dropped "
                        + "clients", exitCode: nil)
            }
        }
    }
}
