import DequeModule
import Logging
import Recording
import Transport
import WebSocketWire

/// One event loop of the server: the connections that live on it and what is said on them.
///
/// Takes in bytes, decides, and hands what is to go out to its `FanOut`. Everything happens on the loop's thread;
/// other loops are reached through the sequencer, the client set and `EventLoop.execute` alone.
final class ServerLoop: EventLoopHandler {
    enum TimerKind: UInt32 {
        /// Heartbeats, handshakes that take too long, clients that were given up on.
        case housekeeping
        case connectionCount
        case drainDeadline
        /// The next round of broadcasts may begin (`--flush-interval-us`): the end of this turn begins it.
        case round
        /// A request that waits for the AI service has waited long enough.
        case parkingDeadline
    }

    /// The most sockets a loop keeps in its ring's table; further ones cost a little more to send on.
    private static let fixedFileLimit = 65_536
    /// Of one client, in the kernel. Stalled clients held 0.26 MiB each with it, and 4 MiB without.
    private static let unsentLimitBytes: Int32 = 128 << 10
    /// Ticks in a revolution of the deadlines' wheel.
    private static let deadlineSlots = 256

    let index: Int
    let shared: SharedState
    let figures: LoopFigures
    let connections: ConnectionTable
    let messages: MessageReader
    /// Nil where plain TCP is served.
    let encryption: Encryption?
    let log: Logger
    /// Gives a new client to the loop that has the fewest; set by the server.
    var assign: (AcceptedConnection) -> Void = { $0.drop() }
    /// All loops of the server, this one included; set by the server.
    var colleagues: [UncheckedLoop] = []
    /// When each connection is looked at next.
    var deadlines: TimingWheel
    var newcomers: Newcomers
    /// What may still be done in this turn of what takes its time.
    var budget = TurnBudget()
    /// Those whose input waits for a turn that has time for it, the longest waiting first.
    var postponed: Deque<Connection> = []
    /// What is kept of requests that have not come whole, over all connections.
    var bufferedRequestBytes = 0
    /// Requests that wait for other threads, by number.
    var parked: [UInt32: ParkedRequest] = [:]
    var nextParkingNumber: UInt32 = 0
    /// The timer for the calls of the AI service is set.
    var isWatchingCalls = false
    /// The histograms as they were reported last.
    var encodedHistograms: [String: String] = [:]
    var histogramsEncodedAt: MonotonicInstant?
    var allocations = AllocationMeter()
    private let injector: CostInjector?
    private(set) var loop: EventLoop!
    private(set) var fanOut: FanOut!
    var isDraining = false
    var listener: SocketID?
    private var acceptFailureLoggedAt: MonotonicInstant?

    /// - Parameter makeLoop: makes the event loop for this handler; nil for the one that the configuration names.
    init(
        index: Int, shared: SharedState, sequencer: Sequencer,
        makeLoop: ((any EventLoopHandler) throws -> EventLoop)? = nil
    ) throws {
        self.index = index
        self.shared = shared
        let connections = ConnectionTable()
        self.connections = connections
        newcomers = Newcomers(among: connections)
        figures = shared.figures[index]
        log = shared.configuration.logger
        injector = CostInjector(shared.configuration.injectedCosts)
        messages = MessageReader(maximumMessageBytes: shared.configuration.maximumMessageBytes)
        encryption = shared.configuration.tls.map { Encryption($0) }
        var loopConfiguration = EventLoop.Configuration(io: shared.configuration.io)
        loopConfiguration.unsentLimitBytes = Self.unsentLimitBytes
        loopConfiguration.fixedFileCapacity = min(DescriptorLimit.current(), Self.fixedFileLimit)
        deadlines = TimingWheel(
            tickNanoseconds: Self.tickNanoseconds(shared.configuration), slotCount: Self.deadlineSlots,
            startingAt: .now())
        loop = try makeLoop?(self) ?? EventLoop(configuration: loopConfiguration, handler: self)
        fanOut = FanOut(
            loop: loop, loopIndex: index, sequencer: sequencer, connections: connections,
            configuration: shared.configuration, figures: figures)
        fanOut.disconnectSlowClient = { [unowned self] in disconnectSlowClient($0) }
        fanOut.finish = { [unowned self] in finish($0) }
        fanOut.breakOff = { [unowned self] in giveUp($0) }
        fanOut.readOn = { [unowned self] in readOn($0) }
        fanOut.answer = { [unowned self] in answerBroadcast($0, recipients: $1) }
        loop.schedule(timer(.housekeeping), afterNanoseconds: deadlines.tickNanoseconds)
    }

    var configuration: ServerConfiguration { shared.configuration }

    // MARK: Connections

    func accepted(_ connection: AcceptedConnection) { assign(connection) }

    func acceptFailed(_ error: SystemError) {
        if error.isOutOfDescriptors { makeRoom() }
        let now = loop.now
        if let last = acceptFailureLoggedAt, now - last < 10_000_000_000 { return }
        acceptFailureLoggedAt = now
        log.warning("New connections have to wait: \(error)")
    }

    /// Takes a client that some loop has accepted.
    func adopt(_ accepted: AcceptedConnection) {
        guard !isDraining else {
            figures.assignedConnections.subtract(1, ordering: .relaxed)
            return accepted.drop()
        }
        var session: TLSSession?
        if let encryption {
            session = encryption.session()
            // Without one, what it says would be taken for plain text.
            guard session != nil else {
                figures.assignedConnections.subtract(1, ordering: .relaxed)
                return accepted.drop()
            }
        }
        let connection = Connection(socket: loop.adopt(accepted), loopIndex: index, now: loop.now)
        connection.tls = session
        connections.insert(connection)
        expect(connection, within: configuration.handshakeTimeoutNanoseconds)
        bound(newcomer: connection)
    }

    /// The connection goes on as something else.
    func turn(_ connection: Connection, into phase: Connection.Phase) {
        if case .http(let exchange) = connection.phase {
            bufferedRequestBytes -= exchange.bufferedBytes
            exchange.bufferedBytes = 0
            abandon(exchange)
        }
        connection.phase = phase
    }

    func connected(_ socket: SocketID) {}

    func received(_ socket: SocketID, _ bytes: UnsafeMutableRawBufferPointer) {
        guard let connection = connections[socket] else { return }
        connection.lastHeardAt = loop.now
        guard let tls = connection.tls else { return receive(connection, bytes) }
        receiveEncrypted(connection, tls, bytes)
    }

    func peerFinished(_ socket: SocketID) -> Bool {
        guard let connection = connections[socket] else { return false }
        return peerFinished(connection)
    }

    func closed(_ socket: SocketID, _ reason: CloseReason) {
        guard let connection = connections[socket] else { return }
        forget(connection)
    }

    /// The socket is gone, or about to be.
    func forget(_ connection: Connection) {
        turn(connection, into: .closing)
        newcomers.remove(connection)
        connection.heldInput = nil
        fanOut.remove(connection)
        deadlines.cancel(connection.socket.index)
        connections.remove(connection.socket)
        figures.assignedConnections.subtract(1, ordering: .relaxed)
        if let id = connection.clientID {
            connection.clientID = nil
            shared.clients.shards[index].leave(connection.socket.index)
            shared.admittedClients.subtract(1, ordering: .relaxed)
            announceConnectionCount()
            let milliseconds = (loop.now - connection.acceptedAt) / 1_000_000
            log.info("\(LogLines.disconnected(id, durationMilliseconds: milliseconds))")
        }
        if isDraining, connections.count == 0 { loop.stop() }
    }

    // MARK: Sending

    func sendStopped(_ socket: SocketID, after sentBytes: Int) {
        guard let connection = connections[socket] else { return }
        fanOut.sendStopped(connection, after: sentBytes)
    }

    func sendsSettled() { fanOut.sendsSettled() }

    func writable(_ socket: SocketID) {
        guard let connection = connections[socket] else { return }
        fanOut.writable(connection)
    }

    func turnEnded() {
        shakeHands()
        takeUpPostponed()
        fanOut.turnEnded(now: loop.now)
        if !postponed.isEmpty { loop.wake() }
        injector?.turnEnded(broadcasts: figures.broadcasts.current, on: loop)
    }

    func woken() {}

    // MARK: Timers

    func timer(_ kind: TimerKind) -> TimerToken { TimerToken(kind: kind.rawValue) }

    func timerFired(_ timer: TimerToken) {
        switch TimerKind(rawValue: timer.kind) {
        case .housekeeping:
            keepHouse()
            loop.schedule(timer, afterNanoseconds: deadlines.tickNanoseconds)
        case .connectionCount:
            broadcastConnectionCount()
        case .drainDeadline:
            connections.forEach { connection in
                loop.reset(connection.socket)
                forget(connection)
            }
            loop.stop()
        case .parkingDeadline:
            endOverdueCalls()
        case .round, nil:
            break
        }
    }

    /// How late a heartbeat or a time-out may come: an eighth of the shortest of them, a second at most.
    private static func tickNanoseconds(_ configuration: ServerConfiguration) -> UInt64 {
        let shortest = min(
            configuration.heartbeatIntervalNanoseconds, configuration.handshakeTimeoutNanoseconds,
            configuration.drainTimeoutNanoseconds)
        return min(max(shortest / 8, 10_000_000), 1_000_000_000)
    }

    // MARK: The number of clients

    /// At most ten announcements a second on the whole server: one at a time is on its way.
    func announceConnectionCount() {
        // Releases the change; whoever takes the announcement below acquires it, so that the last one is true.
        guard !isDraining, !shared.announcesConnectionCount.exchange(true, ordering: .acquiringAndReleasing)
        else { return }
        loop.schedule(timer(.connectionCount), afterNanoseconds: 100_000_000)
    }

    private func broadcastConnectionCount() {
        _ = shared.announcesConnectionCount.exchange(false, ordering: .acquiringAndReleasing)
        let message = ServerMessage.connectionCount(
            shared.clients.count, timestampMilliseconds: WallClock.millisecondsSinceEpoch())
        message.withUnsafeBytes { fanOut.broadcast(.text, $0, to: .subscribed(to: .system), isAccepted: false) }
    }
}
