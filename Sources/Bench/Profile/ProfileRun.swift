import LoadGen
import Recording
import Server
import Transport
import WebSocketWire

/// Loads a server twice and says what it cost: once with nothing beside it for the figures, once more under `perf` for
/// the flame graph and the outside count of system calls, which would have been part of the figures.
///
/// All on the calling thread; the server is read between two events of the load.
package final class ProfileRun {
    /// A flame graph does not get better for more.
    private static let watchedNanoseconds: UInt64 = 5_000_000_000
    /// Ticks are 1 to 10 ms: less than this is divided by too few of them.
    private static let roughNanoseconds: UInt64 = 1_000_000_000

    private let server: ProfiledServer
    private let plan: LoadPlan
    private let line: ProgressLine
    private let interruption: Interruption
    private let reader: LoopReportReader
    private let process: ProcessFigures?
    private var notes: [String] = []

    /// - Parameter plan: in broadcast mode; its URL and process id are those of `server`.
    package init(_ server: ProfiledServer, plan: LoadPlan, showsProgress: Bool, interruption: Interruption) throws {
        self.server = server
        self.interruption = interruption
        line = ProgressLine(isShown: showsProgress)
        var plan = plan
        plan.url = server.url
        plan.serverPid = server.pid
        self.plan = plan
        reader = try LoopReportReader(server.url)
        process = server.pid.map { ProcessFigures(pid: $0) }
    }

    /// - Throws: `LoadFailure` where nobody could connect, and what else keeps a load from running.
    package func run() throws -> (result: ProfileResult, flameGraph: FlameGraphFiles?) {
        defer { line.clear() }
        let startedAt = WallClock.iso8601()
        let idle = idleReadings()
        let (load, readings) = try measure(readsLoops: idle != nil)
        var result = ProfileResult(
            startedAt: startedAt, url: "ws://\(server.url.authority)\(server.url.path)", serverPid: server.pid,
            durationNanoseconds: readings.map { Int($0.after.at - $0.before.at) } ?? load.durationNanoseconds,
            load: load)
        if let readings {
            result.fill(try difference(readings, idle: idle), cpu: cpu(readings), frameBytes: frameBytes)
        }
        if let cpu = readings.flatMap(cpu), cpu.user + cpu.system < Self.roughNanoseconds {
            let sum = HumanFormat.nanoseconds(cpu.user + cpu.system)
            notes.append("the server used \(sum) of CPU: too little to tell user space and kernel well apart")
        }
        if process == nil {
            notes.append("no process listens on this port here: pass --server-pid for what only it knows")
        }
        var files: FlameGraphFiles?
        if !load.interrupted, let process {
            do {
                files = try watch(process, &result, idle: idle)
            } catch is SuiteInterruption {
                result.interrupted = true
            }
        }
        result.notes = notes
        return (result, files)
    }

    // MARK: The figures

    /// Two readings in a row, whose difference is what a reading costs; nil where the server does not report.
    private func idleReadings() -> (first: [LoopReport], second: [LoopReport])? {
        do {
            // The first one opens the connection.
            _ = try reader.read()
            return (try reader.read(), try reader.read())
        } catch {
            notes.append("\(error): figures from outside only")
            return nil
        }
    }

    private func measure(
        readsLoops: Bool
    ) throws -> (load: RunResult, readings: (before: UsageReading, after: UsageReading)?) {
        var before: UsageReading?
        var after: UsageReading?
        let load = try run("measuring", plan) { [self] in
            // The processor's time lies within the reports, so that reading them is no part of it.
            let loops = readLoops(readsLoops)
            before = UsageReading(at: .now(), cpuNanoseconds: process?.splitCPUNanoseconds(), loops: loops)
        } ends: { [self] in
            let now = MonotonicInstant.now()
            let cpuNanoseconds = process?.splitCPUNanoseconds()
            after = UsageReading(at: now, cpuNanoseconds: cpuNanoseconds, loops: readLoops(readsLoops))
        }
        guard let before, let after else { return (load, nil) }
        return (load, (before, after))
    }

    private func readLoops(_ isWanted: Bool) -> [LoopReport]? { isWanted ? try? reader.read() : nil }

    private func difference(
        _ readings: (before: UsageReading, after: UsageReading),
        idle: (first: [LoopReport], second: [LoopReport])?
    ) throws -> LoopDifference? {
        guard let idle, let before = readings.before.loops, let after = readings.after.loops else { return nil }
        return try LoopDifference(before: before, after: after, idle: idle)
    }

    private func cpu(_ readings: (before: UsageReading, after: UsageReading)) -> (user: UInt64, system: UInt64)? {
        guard let before = readings.before.cpuNanoseconds, let after = readings.after.cpuNanoseconds else { return nil }
        // The kernel may correct how it divided the time so far.
        return (
            after.user > before.user ? after.user - before.user : 0,
            after.system > before.system ? after.system - before.system : 0
        )
    }

    private var frameBytes: Int {
        FrameWriter.headerBytes(payloadBytes: plan.messageBytes, masked: false) + plan.messageBytes
    }

    // MARK: Under observation

    private func watch(
        _ process: ProcessFigures, _ result: inout ProfileResult, idle: (first: [LoopReport], second: [LoopReport])?
    ) throws -> FlameGraphFiles? {
        let observation = try ServerObservation(process)
        defer { notes += observation.notes }
        guard observation.isPossible else { return nil }
        var plan = plan
        plan.durationNanoseconds = min(plan.durationNanoseconds, Self.watchedNanoseconds)
        var before: [LoopReport]?
        var after: [LoopReport]?
        let load = try run("observing", plan) { [self] in
            observation.begin { before = readLoops(idle != nil) }
        } ends: { [self] in
            observation.end { after = readLoops(idle != nil) }
        }
        if load.interrupted { result.interrupted = true }
        line.show("reading what was seen")
        if let (tool, count) = observation.systemCalls() {
            let own = try LoopDifference.total(before: before, after: after, idle: idle)
            result.systemCalls = SystemCallCheck(
                tool: tool, outside: count, reported: own?.kernelEntries,
                messages: own.map { Int(clamping: $0.broadcasts) } ?? load.messages.published,
                deliveries: own.map { Int(clamping: $0.deliveredBytes) / frameBytes } ?? load.deliveries.received)
        }
        guard let stacks = observation.stacks() else { return nil }
        result.flameGraph = FlameGraphFigures(stacks)
        return FlameGraphFiles(stacks, of: result)
    }

    // MARK: Loads

    private func run(
        _ name: String, _ plan: LoadPlan, begins: @escaping () -> Void, ends: @escaping () -> Void
    ) throws -> RunResult {
        let line = line
        let run = try LoadRun(plan, commit: BuildInfo.commit) { line.show("\(name): \(ProgressLine.text($0))") }
        run.measuredPart = MeasuredPartObserver(begins: begins, ends: ends)
        try interruption.begin(run.interruptHandle)
        let result = try run.run()
        // An interrupted run says so itself.
        try? interruption.end()
        return result
    }
}
