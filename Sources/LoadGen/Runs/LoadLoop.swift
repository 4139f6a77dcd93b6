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
        /// A client is to leave.
        case departure
        /// A slot of a closed loop has thought long enough.
        case think
        case reconnectPoster
    }

    static let tickNanoseconds: UInt64 = 20_000_000
    private static let progressEveryTicks = 25
    private static let endsEveryTicks = 5
    /// A publisher whose messages the server does not take is not given more than this to hold.
    static let outboundLimitBytes = 64 << 20
    static let closingNanoseconds: UInt64 = 2_000_000_000
    static let reflectedMessageLimitBytes = 64 << 20

    /// In slices the load changes from one to the next; the clients stay.
    private(set) var plan: LoadPlan
    let address: SocketAddress
    /// Where messages are posted to; nil where clients publish on their connections.
    let postAddress: SocketAddress?
    /// The connections that post; they are none of `clients`.
    private(set) var posters: [LoadClient] = []
    /// What templates become; nil where there are none.
    let renderer: MessageRenderer?
    /// Whether a stamp may stand anywhere in what comes in.
    let searchesStamp: Bool
    var stampFinder = StampFinder()
    let epoch = MonotonicInstant.now()
    private(set) var pattern: PayloadPattern
    let runTag: UInt16
    let ramp: ConnectRamp
    var clients: [LoadClient] = []
    var book: DeliveryBook
    var recorder = LoadRecorder()
    var watch: GeneratorWatch
    var keys = MaskingKeySource()
    var generator: SeededGenerator
    var errors: [String: Int] = [:]
    var behaviour: BehaviourState

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

    /// Nil in a closed loop, and where nothing is published.
    var schedule: Schedule?
    var thinking = ThinkingSlots()
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
    private(set) var usageAtStart: GeneratorUsage?
    /// Where the run had to wait for what was missing: soon after the last message.
    var usageInGrace: GeneratorUsage?
    private(set) var usageAtEnd: GeneratorUsage?
    private(set) var serverResidentBytes: UInt64?
    var isInterrupted = false
    /// Loaded in slices: at rest between them.
    var isSliced = false

    var server: ProcessFigures?
    var progress: (LoadProgress) -> Void = { _ in }
    var monitor: RunMonitor?
    var timeline = SecondsTimeline()
    var measuredPart = MeasuredPartObserver()
    private(set) var loop: EventLoop!
    private(set) lazy var compressedMessages = CompressedMessages(maximumMessageBytes: maximumMessageBytes)
    /// Where what comes in encrypted is decrypted. Allocated in init, never reassigned, freed in deinit.
    let plaintext = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)

    init(_ plan: LoadPlan, address: SocketAddress) throws {
        self.plan = plan
        self.address = address
        postAddress = try plan.messages.posting?.resolve()
        renderer = MessageRenderer(plan.messages, seed: plan.seed)
        searchesStamp = plan.messages.searchesStamp
        pattern = PayloadPattern(byteCount: max(plan.messageBytes, Stamp.encodedBytes))
        ramp = ConnectRamp(connectRatePerSecond: plan.connectRatePerSecond)
        generator = SeededGenerator(seed: plan.seed)
        // Of TLS records a stamp says nothing.
        let stampedCount = plan.tls == nil ? plan.kernelStamps : 0
        watch = GeneratorWatch(clientCount: plan.clients, stampedCount: stampedCount, seed: plan.seed)
        behaviour = BehaviourState(plan)
        runTag = UInt16.random(in: .min ... .max)
        let publisherCount = plan.publishes ? plan.publishers : 0
        book = DeliveryBook(
            clientCount: plan.clients, publisherCount: max(1, publisherCount), fanout: plan.fanout)
        stageDeadline = .max
        clients.reserveCapacity(plan.clients)
        loop = try EventLoop(configuration: plan.loopConfiguration, handler: self)
        posters = makePosters()
        clients = (0..<plan.clients).map { LoadClient(index: $0, maximumMessageBytes: maximumMessageBytes) }
        for index in behaviour.slowReaders { clients[index].reading = behaviour.reading(of: index) }
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
        connectPosters()
        startConnections()
        loop.run()
    }

    /// Ends the run early; what was measured so far is kept.
    func interrupt() {
        isInterrupted = true
        // Who does not want to wait for the servers' goodbyes does not have to.
        if stage == .closing { loop.stop() } else { beginClosing(nowNanoseconds) }
    }

    // MARK: Stages

    /// All clients that will connect have, or have failed.
    func connectingEnded() {
        guard stage == .connecting, postersHaveOutcome else { return }
        guard connectedCount > 0, posterFailure == nil else { return loop.stop() }
        if isSliced {
            stage = .resting
            return loop.stop()
        }
        stage = .warmup
        window = (.now(), ThreadClock.cpuNanoseconds())
        warmupStart = nowNanoseconds
        measureStart = warmupStart + plan.warmupNanoseconds
        measureEnd = measureStart + plan.durationNanoseconds
        schedule = plan.schedule()
        if plan.warmupNanoseconds == 0 { beginMeasuring() }
    }

    /// Called before the first message that counts.
    func beginMeasuring() {
        guard stage == .warmup else { return }
        stage = .measuring
        book.startCounting()
        moderation.beginMeasuring()
        beginSeconds()
        watchMeasuring()
        measuredPart.begins()
        usageAtStart = .now(server: server)
        scheduleDepartures()
    }

    private func advanceStage(_ now: UInt64) {
        switch stage {
        case .connecting, .resting:
            break
        case .warmup:
            skipWarmupBacklog(now)
            // Messages of the schedule that belong to the warm-up, and are late, still come before.
            if now >= measureStart, nextIntendedNanoseconds >= measureStart { beginMeasuring() }
        case .measuring:
            endSeconds(now)
            // Who only sends back what comes is done when the server is.
            guard plan.mode != .reflect else { break }
            if now >= measureEnd, isPosting || nextIntendedNanoseconds >= measureEnd { beginGrace(now) }
        case .grace:
            let isOver = book.outstandingCount == 0 && !isPostingUnderWay
            if isOver || now >= stageDeadline { beginClosing(now) }
        case .closing:
            if connectedCount == 0 || now >= stageDeadline { loop.stop() }
        }
    }

    /// When the next message of the schedule is to be sent; never without a schedule, or after its last.
    var nextIntendedNanoseconds: UInt64 {
        guard let intended = schedule?.intendedNanoseconds(of: scheduledCount), intended < .max else { return .max }
        return warmupStart + intended
    }

    /// Messages of the warm-up that still wait for an answer to others are left out: they would count nowhere.
    private func skipWarmupBacklog(_ now: UInt64) {
        guard isPosting, now >= measureStart else { return }
        while nextIntendedNanoseconds < measureStart { scheduledCount += 1 }
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
        stage = .closing
        stageDeadline = now + Self.closingNanoseconds
        book.finish()
        endLastSecond(now)
        for client in clients { sayGoodbye(client) }
        for poster in posters { drop(poster) }
    }

    // MARK: The loop's calls

    func accepted(_ connection: AcceptedConnection) { connection.drop() }

    func acceptFailed(_ error: SystemError) {}

    func woken() {}

    func timerFired(_ timer: TimerToken) {
        switch TimerKind(rawValue: timer.kind) {
        case .tick: tick()
        case .pump:
            if let due = pumpAtNanoseconds { watch.loopLag.timerWasDue(atNanoseconds: due) }
            pumpAtNanoseconds = nil
        case .reconnect: reconnect(clients[Int(timer.value)])
        case .departure: departureTimerFired()
        case .think: thinking.wake()
        case .reconnectPoster: reconnectPoster(Int(timer.value))
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
        watchTurn(endedAt: now)
        guard schedule != nil, !isSliced, now - window.at > Int64(ReceiveModeration.windowNanoseconds) else { return }
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
        watchTick(now)
        checkConnectTimeouts()
        attendSlowReaders(now, looksForEnds: tickCount % Self.endsEveryTicks == 0)
        depart(now)
        checkPosterTimeouts()
        if plan.publishes, stage == .measuring || stage == .grace, now > plan.graceNanoseconds {
            book.expire(intendedBeforeNanoseconds: expiryNanoseconds(now))
        }
        if !isSliced || stage == .closing { advanceStage(now) }
        if tickCount % Self.progressEveryTicks == 0 { report(now) }
        loop.schedule(TimerToken(kind: TimerKind.tick.rawValue), afterNanoseconds: Self.tickNanoseconds)
    }
}
