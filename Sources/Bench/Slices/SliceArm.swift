import LoadGen
import Recording
import WebSocketWire

/// An arm that is alive: its processes, and under a load its clients.
///
/// On the engine's thread.
final class SliceArm {
    let index: Int
    let process: ArmProcess
    private let path: String
    private let softirqThreads: [Int32]
    private let steal: StealMeter
    /// What went wrong while it warmed up: counts in the slice after that.
    private var warmupFaults = 0
    /// Under a load.
    private(set) var generator: SliceGenerator?

    init(_ plan: SlicePlan, index: Int, steal: StealMeter, interruption: Interruption) throws {
        let arm = plan.arms[index]
        self.index = index
        self.steal = steal
        path = arm.path
        process = try ArmProcess(
            name: arm.name, cores: plan.serverCores, directory: arm.directory,
            readyTimeoutNanoseconds: plan.readyTimeoutNanoseconds, command: arm.words, whileWaiting: interruption.check)
        softirqThreads = SchedulingFigures.softirqThreads(on: plan.serverCores)
    }

    var url: WebSocketURL {
        get throws { try WebSocketURL("ws://127.0.0.1:\(process.port)\(path)") }
    }

    /// Connects the clients that a load asks for.
    func connect(_ load: SliceLoad, _ plan: SlicePlan) throws -> ArmConnection {
        var loadPlan = LoadPlan(url: try url)
        loadPlan.mode = plan.mode
        loadPlan.clients = load.clients
        loadPlan.publishers = plan.mode == .echo ? load.clients : 1
        loadPlan.messageBytes = load.messageBytes
        loadPlan.arrival = load.arrival
        loadPlan.io = plan.io
        loadPlan.payloadCheck = plan.payloadCheck
        loadPlan.graceNanoseconds = plan.graceNanoseconds
        loadPlan.connectTimeoutNanoseconds = plan.connectTimeoutNanoseconds
        loadPlan.seed = plan.seed
        let generator = try SliceGenerator(loadPlan)
        self.generator = generator
        let residentBytesBefore = process.figures.residentBytes()
        let began = MonotonicInstant.now()
        do throws(LoadFailure) {
            try generator.connect()
        } catch {
            throw SliceFailure(arm: process.name, reason: error.description, exitCode: process.exitCode)
        }
        return ArmConnection(
            clients: load.clients, arm: index, elapsedNanoseconds: Int(MonotonicInstant.now() - began),
            residentBytesBefore: residentBytesBefore, residentBytesAfter: process.figures.residentBytes())
    }

    /// The connected clients' load from now on.
    func change(to load: SliceLoad) {
        generator?.change(arrival: load.arrival, messageBytes: load.messageBytes)
    }

    func warmUp(_ nanoseconds: UInt64) {
        warmupFaults += generator?.runSlice(durationNanoseconds: nanoseconds).faults ?? 0
    }

    func startCounting() {
        generator?.startCounting()
        // What passed so far belongs to no slice.
        _ = steal.nanosecondsSinceLast()
    }

    func runSlice(block: Int, _ nanoseconds: UInt64) throws(SliceFailure) -> SliceRecord? {
        guard let generator else { return nil }
        generator.attend()
        let schedulingBefore = readScheduling()
        let ownWaitBefore = ThreadClock.runQueueWaitNanoseconds() ?? 0
        let cpuBefore = ProcessFigures.cpuNanoseconds(of: schedulingBefore.processes)
        let figures = generator.runSlice(durationNanoseconds: nanoseconds)
        let ownWait = (ThreadClock.runQueueWaitNanoseconds() ?? 0) &- ownWaitBefore
        ServerClock.settle(schedulingBefore.processes)
        let schedulingAfter = readScheduling()
        let cpuAfter = ProcessFigures.cpuNanoseconds(of: schedulingAfter.processes)
        guard process.exitCode == nil else {
            throw SliceFailure(arm: process.name, reason: "it ended", exitCode: process.exitCode)
        }
        guard figures.deliveries > 0 else {
            throw SliceFailure(arm: process.name, reason: "it delivered nothing in a slice", exitCode: nil)
        }
        defer { warmupFaults = 0 }
        return SliceRecord(
            block: block, arm: index, messages: figures.messages, deliveries: figures.deliveries,
            faults: figures.faults + warmupFaults, elapsedNanoseconds: Int(clamping: figures.elapsedNanoseconds),
            // A child that ended has taken its time along: no figure then.
            serverCPUNanoseconds: cpuAfter > cpuBefore ? Int(clamping: cpuAfter - cpuBefore) : 0,
            generatorCPUNanoseconds: Int(clamping: figures.generatorCPUNanoseconds), reads: figures.reads,
            softirqNanoseconds: Int(clamping: schedulingAfter.softirqNanoseconds(since: schedulingBefore)),
            serverWaitNanoseconds: Int(clamping: schedulingAfter.waitForOthersNanoseconds(since: schedulingBefore)),
            generatorWaitNanoseconds: Int(clamping: ownWait),
            stealNanoseconds: Int(clamping: steal.nanosecondsSinceLast()))
    }

    private func readScheduling() -> SchedulingFigures {
        SchedulingFigures(process.figures, softirqThreads: softirqThreads)
    }

    /// The completions since `startCounting`, encoded.
    var completions: String { generator?.completion.encodedV2() ?? "" }

    /// Ends the load.
    func disconnect() {
        generator?.close()
        generator = nil
    }

    func stop() { process.stop() }

    func kill() { process.kill() }
}
