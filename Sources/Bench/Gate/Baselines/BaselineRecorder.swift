import Recording

/// Makes runs of one server for a stored baseline.
///
/// On the calling thread, which is pinned.
package final class BaselineRecorder {
    /// Runs of one recording, one after the other.
    private static let runs: UInt64 = 2

    private let plan: GatePlan
    private let progress: ProgressLine
    private let interruption: Interruption
    /// A sentence for what could not be measured and need not be.
    package private(set) var leftOut: [String] = []

    /// - Parameter plan: its first arm is recorded.
    package init(_ plan: GatePlan, showsProgress: Bool, interruption: Interruption) {
        self.plan = plan
        self.interruption = interruption
        progress = ProgressLine(isShown: showsProgress)
    }

    /// - Throws: `SliceFailure` and such where the server cannot be measured, `SuiteInterruption`.
    package func record() throws -> [BaselineRun] {
        let machine = MachineDescription.current(io: plan.slices.io.rawValue, commit: BuildInfo.commit)
        let thread = MeasuringThread(plan.slices)
        defer {
            withExtendedLifetime(thread) {}
            progress.clear()
        }
        let recordedAt = WallClock.iso8601()
        let lone = LoneRun(
            plan, arm: plan.slices.arms[0], machine: machine, progress: progress, interruption: interruption)
        var runs: [BaselineRun] = []
        for _ in 0..<Self.runs {
            runs.append(
                try lone.run(
                    forNanoseconds: plan.budgetNanoseconds / Self.runs,
                    openLoopRatePerSecond: runs.first?.openLoopRatePerSecond, recordedAt: recordedAt))
        }
        leftOut = lone.leftOut
        return runs
    }
}
