import Recording

/// A gate against a stored baseline: measures the candidate alone, by the times and counts of before.
///
/// On the calling thread, which is pinned.
package final class StoredGate {
    private let plan: GatePlan
    private let baseline: StoredBaseline
    private let progress: ProgressLine
    private let interruption: Interruption

    /// - Parameter plan: its first arm stands for the baseline and is not started.
    package init(_ plan: GatePlan, baseline: StoredBaseline, showsProgress: Bool, interruption: Interruption) {
        self.plan = plan
        self.baseline = baseline
        self.interruption = interruption
        progress = ProgressLine(isShown: showsProgress)
    }

    /// - Throws: what keeps the gate itself from working.
    package func run() throws -> GateResult {
        let machine = MachineDescription.current(io: plan.slices.io.rawValue, commit: BuildInfo.commit)
        var result = GateResult(plan, startedAt: WallClock.iso8601(), machine: machine)
        let began = MonotonicInstant.now()
        let thread = MeasuringThread(plan.slices)
        result.hasPriority = thread.hasPriority
        defer { progress.clear() }
        do { try measure(machine, &result) } catch { try result.note(error) }
        withExtendedLifetime(thread) {}
        result.conclude(after: UInt64(MonotonicInstant.now() - began))
        return result
    }

    private func measure(_ machine: MachineDescription, _ result: inout GateResult) throws {
        let lone = LoneRun(
            plan, arm: plan.slices.arms[1], machine: machine, progress: progress, interruption: interruption)
        let like = baseline.runs(like: BaselineKey(machine, plan.slices))
        let run = try lone.run(
            forNanoseconds: plan.budgetNanoseconds, openLoopRatePerSecond: like.last?.openLoopRatePerSecond,
            recordedAt: result.startedAt)
        if let reason = lone.leftOut.first, like.contains(where: \.hasThousandClients) {
            throw SliceFailure(
                arm: plan.slices.arms[1].name, reason: "\(reason), which the baseline took", exitCode: nil)
        }
        result.notes += lone.leftOut
        result.openLoopRatePerSecond = run.openLoopRatePerSecond
        if let exact = baseline.exact(io: run.exact.io) {
            try result.take(exact: [exact, run.exact])
            if exact.differs(from: run.exact) {
                progress.show("counting once more: \(plan.slices.arms[1].name)")
                try result.take(exactAgain: [exact, try lone.count().figures])
            }
        }
        result.weigh(StoredComparison(baseline: baseline, run: run, exact: result.exactComparison, plan: plan).metrics)
        result.notes.append(
            like.isEmpty
                ? "the baseline has no run of this machine and this gate, of \(baseline.runs.count): times do not compare"
                : "the baseline has \(like.count) runs of this machine, of \(baseline.runs.count), in "
                    + "\(Set(like.map(\.recordedAt)).count) recordings: \(like[0].at) to \(like[like.count - 1].at)")
    }
}
