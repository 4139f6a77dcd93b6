import LoadGen
import Recording
import Server
import Transport

/// Counts what one server needs for a broadcast: a fresh process, 100 clients, one publisher, and the next message when
/// everybody has the one before, so that nothing depends on time.
///
/// First with the server's counters read after every round, then in batches while the kernel counts its system calls.
/// On the calling thread, some two seconds.
final class ExactPhase {
    static let rounds = 500
    private static let batchSize = 100
    private static let warmupRounds = 30
    private static let readingRounds = 101
    /// For the open loop's rate.
    private static let paceNanoseconds: UInt64 = 100_000_000

    private let arm: SliceArm
    private let plan: SlicePlan
    private let interruption: Interruption
    private var notes: [String] = []

    /// Starts the arm and connects its clients.
    init(_ plan: SlicePlan, arm index: Int, interruption: Interruption) throws {
        var plan = plan
        // Taking turns on one core, neither has to wake the other up on a core that sleeps: three times as fast, and who
        // runs when is no chance.
        plan.serverCores = plan.loadCores
        self.plan = plan
        self.interruption = interruption
        arm = try SliceArm(plan, index: index, steal: StealMeter(plan), interruption: interruption)
        _ = try arm.connect(GateLoad.inFlight1.load(openLoopRatePerSecond: 1), plan)
        arm.startCounting()
    }

    // Not in order: a server would wait for the connection that it was read over.
    deinit { arm.kill() }

    /// The figures, and how many messages a second went through one at a time.
    ///
    /// - Throws: `SliceFailure` where the server is at fault, `SuiteInterruption`.
    func run() throws -> (figures: ExactFigures, messagesPerSecond: Double) {
        do {
            return try count()
        } catch let failure as LoopReportFailure {
            // One that has died is asked in vain.
            let exitCode = arm.process.exitCode
            throw SliceFailure(
                arm: arm.process.name, reason: exitCode == nil ? failure.description : "it ended", exitCode: exitCode)
        }
    }

    private func count() throws -> (figures: ExactFigures, messagesPerSecond: Double) {
        for _ in 0..<Self.warmupRounds { try round() }
        let messagesPerSecond = try pace()
        let reader = reportingServer()
        var counts: [String: RoundCounts] = [:]
        if let reader { counts = try countInside(reader) }
        let outside = try countOutside(reader)
        let io = arm.generator?.io.rawValue ?? plan.io.rawValue
        return (
            ExactFigures(rounds: Self.rounds, counts: counts, outside: outside, io: io, notes: notes), messagesPerSecond
        )
    }

    /// One message to all clients; over when the last one has it.
    private func round() throws {
        // The load goes on for as long as the slice lasts: this one is over when it has begun.
        guard let figures = arm.generator?.runSlice(durationNanoseconds: 1) else { return }
        try check(figures)
    }

    private func check(_ figures: SliceFigures) throws(SliceFailure) {
        guard arm.process.exitCode == nil else {
            throw SliceFailure(arm: arm.process.name, reason: "it ended", exitCode: arm.process.exitCode)
        }
        guard figures.faults == 0, figures.deliveries > 0 else {
            throw SliceFailure(
                arm: arm.process.name,
                reason:
                    "of \(figures.deliveries + figures.faults) deliveries in lock step, \(figures.faults) were lost, "
                    + "repeated or changed", exitCode: nil)
        }
    }

    private func pace() throws -> Double {
        guard let figures = arm.generator?.runSlice(durationNanoseconds: Self.paceNanoseconds),
            figures.messages > 0, figures.elapsedNanoseconds > 0
        else {
            throw SliceFailure(arm: arm.process.name, reason: "it delivered nothing", exitCode: arm.process.exitCode)
        }
        return Double(figures.messages) / Double(figures.elapsedNanoseconds) * 1e9
    }

    // MARK: The server's own counters

    /// Nil where the server is none of ours.
    private func reportingServer() -> LoopReportReader? {
        do {
            let reader = try LoopReportReader(arm.url)
            _ = try reader.read()
            return reader
        } catch {
            notes.append(
                "'\(arm.process.name)' does not report what its loops do: only what can be counted from outside")
            return nil
        }
    }

    private func countInside(_ reader: LoopReportReader) throws -> [String: RoundCounts] {
        let idle = try readings(reader, Self.readingRounds) {}
        let measured = try readings(reader, Self.rounds) { try round() }
        var counts: [String: RoundCounts] = [:]
        for count in ExactCount.allCases {
            let rounds = measured.compactMap { $0.value(of: count) }
            let costs = idle.compactMap { $0.value(of: count) }
            guard rounds.count == measured.count, costs.count == idle.count else {
                notes.append("'\(arm.process.name)' does not count \(count.rawValue)")
                continue
            }
            counts[count.rawValue] = RoundCounts(rounds: rounds, readings: costs, batchSize: Self.batchSize)
        }
        return counts
    }

    /// What passed between one reading and the next, of all loops together.
    private func readings(_ reader: LoopReportReader, _ count: Int, between: () throws -> Void) throws -> [LoopReport] {
        var differences: [LoopReport] = []
        var last = try total(reader)
        for _ in 0..<count {
            try interruption.check()
            try between()
            let next = try total(reader)
            differences.append(next.since(last))
            last = next
        }
        return differences
    }

    private func total(_ reader: LoopReportReader) throws -> LoopReport {
        let reports = try reader.read()
        return reports.dropFirst().reduce(reports[0]) { $0.adding($1) }
    }

    // MARK: The kernel's count

    private func countOutside(_ reader: LoopReportReader?) throws -> OutsideCount? {
        var outside = OutsideCount(tool: "", roundsPerBatch: Self.batchSize, calls: [], reported: [])
        for _ in 0..<Self.rounds / Self.batchSize {
            guard let (tool, calls, reported) = try countBatch(reader) else { return nil }
            outside.tool = tool
            outside.calls.append(calls)
            if let reported { outside.reported.append(reported) }
        }
        return outside
    }

    private func countBatch(_ reader: LoopReportReader?) throws -> (tool: String, calls: Int, reported: Int?)? {
        let folder = try TemporaryFolder()
        let idle = try reader.map { (try total($0), try total($0)) }
        let before = try reader.map(total)
        do {
            let counter = try SystemCallTool.begin(pids: arm.process.figures.processes(), folder: folder)
            for _ in 0..<Self.batchSize {
                try interruption.check()
                try round()
            }
            counter.end()
            let after = try reader.map(total)
            var reported: Int?
            if let before, let after, let idle {
                reported = after.since(before).kernelEntries - idle.1.since(idle.0).kernelEntries
            }
            return (counter.name, try counter.count(), reported)
        } catch let failure as ToolFailure {
            notes.append("system calls are not counted from outside: \(failure)")
            return nil
        }
    }
}

extension LoopReport {
    fileprivate func value(of count: ExactCount) -> Int? {
        switch count {
        case .allocations: allocations.map { Int(clamping: $0) }
        case .systemCalls: kernelEntries
        case .sends: sends
        case .copiedBytes: copiedBytes.map { Int(clamping: $0) }
        case .appendedBytes: appendedBytes.map { Int(clamping: $0) }
        }
    }
}
