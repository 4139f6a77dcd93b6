import CSystem
import Recording
import Transport
import WebSocketWire

/// One run on one event loop: connects the clients, publishes on schedule, accounts for every delivery.
///
/// Stages: connecting, warm-up, measuring, grace, closing. Everything happens on the loop's thread. Time in the books
/// is nanoseconds since `epoch`.
final class LoadLoop: EventLoopHandler {
    enum TimerKind: UInt32 {
        /// Fifty times a second: stages, time-outs, progress.
        case tick
        /// The next message of the schedule, or the next connection of the ramp.
        case pump
        case reconnect
    }

    static let tickNanoseconds: UInt64 = 20_000_000
    private static let progressEveryTicks = 25
    /// A publisher whose messages the server does not take is not given more than this to hold.
    static let outboundLimitBytes = 64 << 20
    private static let closingNanoseconds: UInt64 = 2_000_000_000
    static let reflectedMessageLimitBytes = 64 << 20

    /// In slices the load changes from one to the next; the clients stay.
    private(set) var plan: LoadPlan
    let address: SocketAddress
    let epoch = MonotonicInstant.now()
    private(set) var pattern: PayloadPattern
    let runTag: UInt16
    let ramp: ConnectRamp
    var clients: [LoadClient] = []
    var book: DeliveryBook
    var recorder = LoadRecorder()
    var keys = MaskingKeySource()
    var generator: SeededGenerator
    var errors: [String: Int] = [:]

    var stage = LoadProgress.Stage.connecting
    var startedCount = 0
    var connectedCount = 0
    var failedCount = 0
    var disconnectedCount = 0
    var everConnectedCount = 0
    /// Clients by their socket's index.
    var clientsBySocket: [LoadClient?] = []
    var dirty: [LoadClient] = []
    var inFlight: [LoadClient] = []

    var pacer: ConstantPacer?
    /// Messages of the schedule dealt with, those that could not be published included.
    var scheduledCount: UInt64 = 0
    var publishedCount: UInt64 = 0
    var countedPublished: UInt64 = 0
    var nextPublisher = 0
    var pumpAtNanoseconds: UInt64?

    /// Since `epoch`; of the present stage's plan.
    var warmupStart: UInt64 = 0
    var measureStart: UInt64 = 0
    var measureEnd: UInt64 = 0
    var stageDeadline: UInt64
    private var tickCount = 0
    private var lastTurnNanoseconds: UInt64 = 0
    private(set) var moderation = ReceiveModeration()
    private var window = (at: MonotonicInstant.now(), cpuNanoseconds: ThreadClock.cpuNanoseconds())
    private var lastProgress: (received: UInt64, at: UInt64) = (0, 0)
    private(set) var usageAtStart: GeneratorUsage?
    private(set) var usageAtEnd: GeneratorUsage?
    private(set) var serverResidentBytes: UInt64?
    var isInterrupted = false
    /// Loaded in slices: at rest between them.
    var isSliced = false

    var server: ProcessFigures?
    var progress: (LoadProgress) -> Void = { _ in }
    var measuredPart = MeasuredPartObserver()
    private(set) var loop: EventLoop!
    private(set) lazy var compressedMessages = CompressedMessages(maximumMessageBytes: maximumMessageBytes)
    /// Where what comes in encrypted is decrypted. Allocated in init, never reassigned, freed in deinit.
    let plaintext = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)

    init(_ plan: LoadPlan, address: SocketAddress) throws {
        self.plan = plan
        self.address = address
        pattern = PayloadPattern(byteCount: max(plan.messageBytes, Stamp.encodedBytes))
        ramp = ConnectRamp(connectRatePerSecond: plan.connectRatePerSecond)
        generator = SeededGenerator(seed: plan.seed)
        runTag = UInt16.random(in: .min ... .max)
        let publisherCount = plan.publishes ? plan.publishers : 0
        book = DeliveryBook(
            clientCount: plan.clients, publisherCount: max(1, publisherCount), fanout: plan.fanout)
        stageDeadline = .max
        clients.reserveCapacity(plan.clients)
        loop = try EventLoop(configuration: plan.loopConfiguration, handler: self)
        clients = (0..<plan.clients).map { LoadClient(index: $0, maximumMessageBytes: maximumMessageBytes) }
    }

    deinit { plaintext.deallocate() }

    /// Between two slices: what is sent from now on. Nothing is outstanding.
    func change(arrival: LoadPlan.Arrival, messageBytes: Int) {
        plan.arrival = arrival
        guard messageBytes != plan.messageBytes else { return }
        plan.messageBytes = messageBytes
        pattern = PayloadPattern(byteCount: max(messageBytes, Stamp.encodedBytes))
    }

    var maximumMessageBytes: Int {
        plan.mode == .reflect ? Self.reflectedMessageLimitBytes : max(plan.messageBytes, 16 << 20)
    }

    var nowNanoseconds: UInt64 { UInt64(MonotonicInstant.now() - epoch) }

    /// Runs to the end on the calling thread.
    func run() {
        system_set_timer_slack(1)
        loop.schedule(TimerToken(kind: TimerKind.tick.rawValue), afterNanoseconds: Self.tickNanoseconds)
        startConnections()
        loop.run()
    }

    /// Ends the run early; what was measured so far is kept.
    func interrupt() {
        isInterrupted = true
        if stage == .connecting { loop.stop() } else { beginClosing(nowNanoseconds) }
    }

    // MARK: Stages

    /// All clients that will connect have, or have failed.
    func connectingEnded() {
        guard stage == .connecting else { return }
        guard connectedCount > 0 else { return loop.stop() }
        if isSliced {
            stage = .resting
            return loop.stop()
        }
        stage = .warmup
        window = (.now(), ThreadClock.cpuNanoseconds())
        warmupStart = nowNanoseconds
        measureStart = warmupStart + plan.warmupNanoseconds
        measureEnd = measureStart + plan.durationNanoseconds
        if case .open(let ratePerSecond) = plan.arrival, plan.publishes {
            pacer = ConstantPacer(ratePerSecond: ratePerSecond)
        }
        if plan.warmupNanoseconds == 0 { beginMeasuring() }
    }

    /// Called before the first message that counts.
    func beginMeasuring() {
        guard stage == .warmup else { return }
        stage = .measuring
        book.startCounting()
        moderation.beginMeasuring()
        measuredPart.begins()
        usageAtStart = .now(server: server)
    }

    private func advanceStage(_ now: UInt64) {
        switch stage {
        case .connecting, .resting:
            break
        case .warmup:
            // Messages of the schedule that belong to the warm-up, and are late, still come before.
            if now >= measureStart, nextIntendedNanoseconds >= measureStart { beginMeasuring() }
        case .measuring:
            while now >= measureStart + UInt64(recorder.intervals.count + 1) * 1_000_000_000,
                measureStart + UInt64(recorder.intervals.count + 1) * 1_000_000_000 <= measureEnd
            {
                recorder.endInterval(connected: connectedCount)
            }
            // Who only sends back what comes is done when the server is.
            guard plan.mode != .reflect else { break }
            if now >= measureEnd, nextIntendedNanoseconds >= measureEnd { beginGrace(now) }
        case .grace:
            if book.outstandingCount == 0 || now >= stageDeadline { beginClosing(now) }
        case .closing:
            if connectedCount == 0 || now >= stageDeadline { loop.stop() }
        }
    }

    /// When the next message of the schedule is to be sent; never without a schedule.
    var nextIntendedNanoseconds: UInt64 {
        guard let pacer else { return .max }
        return warmupStart + pacer.intendedNanoseconds(of: scheduledCount)
    }

    func beginGrace(_ now: UInt64) {
        stage = .grace
        stageDeadline = now + plan.graceNanoseconds
    }

    func beginClosing(_ now: UInt64) {
        guard stage != .closing else { return }
        if usageAtStart != nil {
            usageAtEnd = .now(server: server)
            serverResidentBytes = server?.residentBytes()
            measuredPart.ends()
        }
        recorder.endLastInterval(connected: connectedCount)
        stage = .closing
        stageDeadline = now + Self.closingNanoseconds
        book.finish()
        for client in clients { sayGoodbye(client) }
    }

    // MARK: The loop's calls

    func accepted(_ connection: AcceptedConnection) { connection.drop() }

    func acceptFailed(_ error: SystemError) {}

    func woken() {}

    func timerFired(_ timer: TimerToken) {
        switch TimerKind(rawValue: timer.kind) {
        case .tick: tick()
        case .pump: pumpAtNanoseconds = nil
        case .reconnect: reconnect(clients[Int(timer.value)])
        case nil: break
        }
    }

    func turnEnded() {
        let now = nowNanoseconds
        if stage == .connecting { startConnections() }
        pump(now)
        sendDirty()
        if isSliced { advanceSlice(now) }
        endTurn()
    }

    private func endTurn() {
        let now = MonotonicInstant.now()
        lastTurnNanoseconds = UInt64(max(0, now - loop.now))
        guard pacer != nil, !isSliced, now - window.at > Int64(ReceiveModeration.windowNanoseconds) else { return }
        let cpuNanoseconds = ThreadClock.cpuNanoseconds()
        moderation.note(
            cpuNanoseconds: cpuNanoseconds &- window.cpuNanoseconds, elapsedNanoseconds: UInt64(now - window.at))
        window = (now, cpuNanoseconds)
        loop.gatherNanoseconds = moderation.intervalNanoseconds
    }

    /// How long bytes that are read now may have waited for this thread: since the turn before this one began, at the
    /// most.
    func noteReceiveDelay(_ now: MonotonicInstant) {
        let waited = max(lastTurnNanoseconds, loop.gatherNanoseconds)
        recorder.receiveDelay.record(UInt64(max(0, now - loop.now)) + waited)
    }

    private func tick() {
        let now = nowNanoseconds
        tickCount += 1
        checkConnectTimeouts()
        if plan.publishes, stage == .measuring || stage == .grace, now > plan.graceNanoseconds {
            book.expire(intendedBeforeNanoseconds: now - plan.graceNanoseconds)
        }
        if !isSliced || stage == .closing { advanceStage(now) }
        if tickCount % Self.progressEveryTicks == 0 { report(now) }
        loop.schedule(TimerToken(kind: TimerKind.tick.rawValue), afterNanoseconds: Self.tickNanoseconds)
    }

    private func report(_ now: UInt64) {
        let received = book.account.received
        let elapsed = Double(now - lastProgress.at) / 1e9
        let interval = recorder.intervals.last
        progress(
            LoadProgress(
                stage: stage, connected: connectedCount, clients: plan.clients,
                elapsedNanoseconds: stage == .connecting ? 0 : min(now, measureEnd) - min(now, measureStart),
                durationNanoseconds: plan.durationNanoseconds, published: countedPublished, received: received,
                outstanding: book.outstandingCount,
                deliveriesPerSecond: elapsed > 0 ? Double(received - lastProgress.received) / elapsed : 0,
                latencyP50Nanoseconds: UInt64(interval?.latencyP50Nanoseconds ?? 0),
                latencyP99Nanoseconds: UInt64(interval?.latencyP99Nanoseconds ?? 0)))
        lastProgress = (received, now)
    }
}
