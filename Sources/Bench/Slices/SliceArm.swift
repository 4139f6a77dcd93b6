import LoadGen
import Recording
import WebSocketWire

/// An arm that is alive: its processes, and under a load its clients.
///
/// On the engine's thread.
final class SliceArm {
    let index: Int
    private let path: String
    private let process: ArmProcess
    private let clock: ServerClock
    private let softirqThreads: [Int32]
    /// Under a load.
    private(set) var generator: SliceGenerator?

    init(_ plan: SlicePlan, index: Int, interruption: Interruption) throws {
        let arm = plan.arms[index]
        self.index = index
        path = arm.path
        process = try ArmProcess(
            name: arm.name, cores: plan.serverCores, readyTimeoutNanoseconds: plan.readyTimeoutNanoseconds,
            command: arm.words, whileWaiting: interruption.check)
        clock = ServerClock(figures: process.figures)
        softirqThreads = SchedulingFigures.softirqThreads(on: plan.serverCores)
    }

    func connect(_ load: SliceLoad, _ plan: SlicePlan) throws {
        var loadPlan = LoadPlan(url: try WebSocketURL("ws://127.0.0.1:\(process.port)\(path)"))
        loadPlan.mode = plan.mode
        loadPlan.clients = load.clients
        loadPlan.publishers = plan.mode == .echo ? load.clients : 1
        loadPlan.messageBytes = load.messageBytes
        loadPlan.arrival = .closed(inFlight: load.inFlight)
        loadPlan.io = plan.io
        loadPlan.payloadCheck = plan.payloadCheck
        loadPlan.graceNanoseconds = plan.graceNanoseconds
        loadPlan.connectTimeoutNanoseconds = plan.connectTimeoutNanoseconds
        loadPlan.seed = plan.seed
        let generator = try SliceGenerator(loadPlan)
        self.generator = generator
        do throws(LoadFailure) {
            try generator.connect()
        } catch {
            throw SliceFailure(arm: process.name, reason: error.description, exitCode: process.exitCode)
        }
    }

    func warmUp(_ nanoseconds: UInt64) { _ = generator?.runSlice(durationNanoseconds: nanoseconds) }

    func startCounting() { generator?.startCounting() }

    func runSlice(block: Int, _ nanoseconds: UInt64) throws(SliceFailure) -> SliceRecord? {
        guard let generator else { return nil }
        generator.attend()
        let cpuBefore = clock.settledCPUNanoseconds()
        let schedulingBefore = SchedulingFigures(process.figures, softirqThreads: softirqThreads)
        let ownWaitBefore = ThreadClock.runQueueWaitNanoseconds() ?? 0
        let stealBefore = SystemFigures.current()?.stealNanoseconds ?? 0
        let figures = generator.runSlice(durationNanoseconds: nanoseconds)
        let ownWait = (ThreadClock.runQueueWaitNanoseconds() ?? 0) &- ownWaitBefore
        let stealAfter = SystemFigures.current()?.stealNanoseconds ?? 0
        guard let cpuBefore, let cpuAfter = clock.settledCPUNanoseconds(), process.exitCode == nil else {
            throw SliceFailure(arm: process.name, reason: "it ended", exitCode: process.exitCode)
        }
        let scheduling = SchedulingFigures(process.figures, softirqThreads: softirqThreads)
        guard figures.deliveries > 0 else {
            throw SliceFailure(arm: process.name, reason: "it delivered nothing in a slice", exitCode: nil)
        }
        return SliceRecord(
            block: block, arm: index, messages: figures.messages, deliveries: figures.deliveries,
            faults: figures.faults, elapsedNanoseconds: Int(clamping: figures.elapsedNanoseconds),
            // A child that ended has taken its time along: no figure then.
            serverCPUNanoseconds: cpuAfter > cpuBefore ? Int(clamping: cpuAfter - cpuBefore) : 0,
            generatorCPUNanoseconds: Int(clamping: figures.generatorCPUNanoseconds), reads: figures.reads,
            softirqNanoseconds: Int(clamping: scheduling.softirqNanoseconds(since: schedulingBefore)),
            serverWaitNanoseconds: Int(clamping: scheduling.waitForOthersNanoseconds(since: schedulingBefore)),
            generatorWaitNanoseconds: Int(clamping: ownWait),
            stealNanoseconds: Int(clamping: stealAfter - min(stealBefore, stealAfter)))
    }

    /// Ends the load. Returns its completions, encoded.
    func disconnect() -> String {
        defer { generator = nil }
        generator?.close()
        return generator?.completion.encodedV2() ?? ""
    }

    func stop() { process.stop() }

    func kill() { process.kill() }
}
