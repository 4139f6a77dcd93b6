import Glibc
import LoadGen
import Recording
import Transport

/// Asks the gate questions whose answers are known and keeps the answers: a file that grows by a line for each run, over
/// as many sessions as it takes.
///
/// On the calling thread.
package final class SelfTestRun {
    private let file: String
    private let kinds: [SelfTestKind]
    private let interruption: Interruption
    private let progress: Bool
    /// Before any run has pinned this thread.
    private let cores = CoreSet.usable()

    /// - Parameters:
    ///   - file: for the lines; those in it count.
    ///   - kinds: those to ask.
    package init(file: String, kinds: [SelfTestKind], showsProgress: Bool, interruption: Interruption) {
        self.file = file
        self.kinds = kinds
        self.interruption = interruption
        progress = showsProgress
    }

    /// Runs until every kind has as many runs as it takes, so many were made, or the time is up.
    ///
    /// - Parameter tell: told each run's outcome, in a line.
    /// - Returns: all runs of this gate's code in the file.
    /// - Throws: `SelfTestFailure` where the file is none of ours, `SystemError`.
    package func run(
        atMost runs: Int, forNanoseconds nanoseconds: UInt64, tell: (String) -> Void
    ) throws -> [SelfTestRecord] {
        var records = try SelfTestFile.read(file)
        let began = MonotonicInstant.now()
        for _ in 0..<runs {
            guard let kind = SelfTestPool(records).next(of: kinds) else { break }
            let left = Int64(nanoseconds) - (MonotonicInstant.now() - began)
            guard left > Int64(kind.budgetNanoseconds) else { break }
            let result = try answer(kind)
            if result.interrupted { break }
            let record = SelfTestRecord(kind, result)
            try SelfTestFile.append(record, to: file)
            records.append(record)
            let seconds = HumanFormat.nanoseconds(record.durationNanoseconds)
            tell(
                "\(kind.rawValue): \(record.verdict.rawValue) after \(seconds)  \(record.reasons.joined(separator: "; "))"
            )
        }
        return records
    }

    private func answer(_ kind: SelfTestKind) throws -> GateResult {
        let neighbour = kind.hasNeighbour ? try BusyNeighbour(cores: cores) : nil
        var plan = GatePlan(
            baseline: try arm("baseline", kind.injected.baseline),
            candidate: try arm("candidate", kind.injected.candidate))
        plan.slices.serverCores = cores.count > 1 ? [cores[1]] : []
        plan.slices.loadCores = cores.count > 1 ? [cores[0]] : []
        plan.budgetNanoseconds = kind.budgetNanoseconds
        plan.seed = .random(in: 1 ... .max)
        plan.slices.seed = plan.seed
        defer { withExtendedLifetime(neighbour) {} }
        return try GateRun(plan, showsProgress: progress, interruption: interruption).run()
    }

    private func arm(_ name: String, _ injected: [String]) throws -> SlicePlan.Arm {
        guard let program = realpath("/proc/self/exe", nil) else { throw SystemError("cannot find this program") }
        defer { free(program) }
        let words =
            [String(cString: program), "serve", "--relay", "--threads", "1", "--log-level", "critical"] + injected
        return SlicePlan.Arm(name: name, path: "/relay", command: words.joined(separator: " ")) { port in
            words + ["--port", "\(port)"]
        }
    }
}
