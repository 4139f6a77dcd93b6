import Recording
import Transport
import WebSocketWire

/// Brings the streams to the clients of one loop, and to each client what is for it alone.
///
/// Clients that are level with their stream are a bitmap and need no state of their own: a turn queues one send of the
/// same bytes for each. A client that is not level (its socket is full, something private is to go out, it has just
/// joined or changes its subscription) trails: it has a cursor and is served by itself until it is level again. So is one
/// that encrypts, whenever there is something new.
///
/// Order for one client: a frame under way is completed; then its private bytes; then its stream up to its next change
/// of subscription; then that change. At most one send per client is queued between two settlements, so none can
/// overtake another. Loop's thread only. No allocation and no copy per delivery.
final class FanOut {
    private static let latencySampleNanoseconds: Int64 = 10_000_000
    /// A client that has caused this much in one turn is not read from until it has gone out.
    private static let outboundLimitBytes = 1 << 20
    /// Nor is one whose socket is full, when it leaves this much of its own answers unread.
    private static let unreadLimitBytes = 64 << 10
    /// Nor one that has this many changes of subscription ahead.
    private static let moveLimit = 64
    /// What of a stream may be encrypted for a client and unread: a piece of it, in records.
    private static let encryptedStreamBytes = 128 << 10
    /// What is kept for the next clients that are served by themselves; a used one holds a kilobyte at most.
    private static let spareDetourLimit = 256

    let loop: EventLoop
    private let sequencer: Sequencer
    let connections: ConnectionTable
    let backlogLimitBytes: UInt64
    let slowClientPolicy: SlowClientPolicy
    let figures: LoopFigures
    let profile: TurnProfile
    /// Nil where clients may not have messages compressed.
    let compressor: MessageCompressor?
    /// Closes a client that is too slow; set by the owner of both.
    var disconnectSlowClient: (Connection) -> Void = { _ in }
    /// Closes a client that has been told everything.
    var finish: (Connection) -> Void = { _ in }
    /// Ends a connection that cannot be encrypted any more.
    var breakOff: (Connection) -> Void = { _ in }
    /// Takes up what a client that had to wait has sent, and reads from it again.
    var readOn: (Connection) -> Void = { _ in }
    /// Answers an HTTP request whose broadcast has its place.
    var answer: (PendingAnswer, Int) -> Void = { _, _ in }

    let streamCount: Int
    var groups: [FanOutGroup]
    private(set) var picture: StreamPicture
    /// Where this round's sends to a group began, until they are settled.
    private var roundStarts: [StreamCursor?]
    private var roundBytes: [Int]

    private(set) var staging: BatchStaging

    var dirty: [Connection] = []
    /// Those of `dirty` that are being served; empty in between, kept for its memory.
    var due: [Connection] = []
    var inFlight: [Connection] = []
    private var spareDetours: [Detour] = []
    /// Trailing clients whose sockets are full.
    var stalled: [Connection] = []
    /// Of those, when they were last looked at.
    var slowestBacklogBytes: UInt64 = 0
    var mustSettle = false
    private var acceptedCount = 0
    private var firstAcceptedAt = MonotonicInstant(nanoseconds: 0)
    /// When this turn's own broadcasts were accepted, where there are any.
    private var acceptedAt: MonotonicInstant?
    private var lastSampleAt = MonotonicInstant(nanoseconds: 0)

    init(
        loop: EventLoop, loopIndex: Int, sequencer: Sequencer, connections: ConnectionTable,
        configuration: ServerConfiguration, figures: LoopFigures
    ) {
        self.loop = loop
        self.sequencer = sequencer
        self.connections = connections
        self.figures = figures
        backlogLimitBytes = UInt64(configuration.backlogBytes)
        slowClientPolicy = configuration.slowClientPolicy
        streamCount = StreamID.count(isCompressing: configuration.compresses)
        groups = (0..<streamCount).map { _ in FanOutGroup() }
        picture = StreamPicture(streamCount: streamCount)
        roundStarts = [StreamCursor?](repeating: nil, count: streamCount)
        roundBytes = [Int](repeating: 0, count: streamCount)
        profile = TurnProfile(streamCount: streamCount)
        compressor = configuration.compresses ? MessageCompressor { sequencer.codingsInUse } : nil
        staging = BatchStaging(
            loopIndex: loopIndex, compressor: compressor,
            flushIntervalNanoseconds: configuration.flushIntervalNanoseconds)
    }

    // MARK: What the protocol side asks for

    /// Broadcasts a message at the end of this turn.
    ///
    /// - Parameter isAccepted: whether somebody else sent it, so that it counts among the accepted ones.
    func broadcast(
        _ kind: MessageKind, _ payload: UnsafeRawBufferPointer, to streams: StreamSet, answer: PendingAnswer? = nil,
        isAccepted: Bool = true
    ) {
        if isAccepted {
            if acceptedCount == 0 { firstAcceptedAt = loop.now }
            acceptedCount += 1
        }
        staging.filling.addMessage(kind, payload, to: streams, answer: answer)
    }

    /// Lets the client join or change its stream at its place in the order of all messages; with nil it leaves: what
    /// comes before is still sent, then `answer`, and the client is finished.
    func move(_ connection: Connection, to stream: StreamID?, answer: [UInt8] = []) {
        let stream = stream?.coded(connection.coding)
        staging.filling.add(
            Batch.Transition(connection: connection, from: connection.requestedStream, to: stream, answer: answer))
        connection.requestedStream = stream
        connection.stagedMoves += 1
        if hasTooManyMoves(connection) { pauseReading(connection) }
    }

    /// Whether so many of the client's changes of stream are still to be reached that it is not to ask for more.
    func hasTooManyMoves(_ connection: Connection) -> Bool {
        guard !connection.hasLeftStreams else { return false }
        return Int(connection.stagedMoves) + (connection.detour?.switches.count ?? 0) >= Self.moveLimit
    }

    /// Whether all that the client has caused has gone out.
    func mayCauseMore(_ connection: Connection) -> Bool {
        guard let detour = connection.detour else { return true }
        guard case .nothing = detour.sending else { return false }
        return detour.outbound.isEmpty && !hasTooManyMoves(connection)
    }

    /// Sends a frame to this client alone.
    func say(_ connection: Connection, _ opcode: Opcode, _ payload: UnsafeRawBufferPointer) {
        guard !connection.isGone else { return }
        let headerBytes = FrameWriter.headerBytes(payloadBytes: payload.count, masked: false)
        detour(of: connection).outbound.append(count: headerBytes + payload.count) { target in
            _ = FrameWriter.writeHeader(opcode: opcode, payloadBytes: payload.count, into: target)
            guard let source = payload.baseAddress else { return }
            (target + headerBytes).copyMemory(from: source, byteCount: payload.count)
        }
        touch(connection)
    }

    func say(_ connection: Connection, _ opcode: Opcode, _ payload: [UInt8]) {
        payload.withUnsafeBytes { say(connection, opcode, $0) }
    }

    /// Sends a message back to its sender, compressed where that was agreed on and makes it smaller.
    func echo(_ connection: Connection, _ kind: MessageKind, _ payload: UnsafeRawBufferPointer) {
        guard let compressor, connection.coding != .plain else { return say(connection, kind.opcode, payload) }
        var frame: [UInt8] = []
        compressor.append(kind.opcode, payload, coded: connection.coding, to: &frame)
        say(connection, bytes: frame)
    }

    /// Sends bytes to this client alone: frames, or an HTTP response.
    func say(_ connection: Connection, bytes: [UInt8]) {
        guard !connection.isGone else { return }
        detour(of: connection).outbound.append(bytes)
        touch(connection)
    }

    /// What is for the client alone, or its wish to be closed, has changed.
    func touch(_ connection: Connection) {
        guard !connection.isGone else { return }
        let detour = detour(of: connection)
        detach(connection, detour)
        boundOwnBytes(connection, detour)
        keepForNextTurn(connection)
    }

    /// Who does not read what it has itself caused is not to cause more.
    private func boundOwnBytes(_ connection: Connection, _ detour: Detour) {
        let limit = connection.isBlocked ? Self.unreadLimitBytes : Self.outboundLimitBytes
        // TLS has answers of its own, to key updates.
        let encrypted = connection.tls.map { max(0, $0.outgoing.count - Self.encryptedStreamBytes) } ?? 0
        if detour.outbound.count + encrypted > limit { pauseReading(connection) }
    }

    /// The client is served by itself from now on, if it was not.
    func detour(of connection: Connection) -> Detour {
        if let detour = connection.detour { return detour }
        let detour = spareDetours.popLast() ?? Detour()
        connection.detour = detour
        return detour
    }

    /// There is nothing more for the client alone.
    func endDetour(_ connection: Connection) {
        guard let detour = connection.detour else { return }
        connection.detour = nil
        detour.clear()
        if spareDetours.count < Self.spareDetourLimit { spareDetours.append(detour) }
    }

    /// Leaves what the client sends with the kernel, until what is for the client alone has gone out.
    func pauseReading(_ connection: Connection) {
        connection.isPaused = true
        loop.setReading(connection.socket, false)
    }

    /// The client gets no more of its stream; a frame under way is still completed.
    func endStream(_ connection: Connection) {
        guard !connection.isGone else { return }
        if let detour = connection.detour, detour.isMidFrame { spillFrame(connection, detour) }
        unfollow(connection)
        connection.detour?.switches.removeAll()
        connection.hasLeftStreams = true
        if connection.requestedStream != nil { move(connection, to: nil) }
    }

    /// The socket is gone.
    func remove(_ connection: Connection) {
        connection.detour?.isMidFrame = false
        endStream(connection)
        connection.isGone = true
        // What the kernel is still to be handed stays where it is until that has happened.
        if let detour = connection.detour, case .nothing = detour.sending { endDetour(connection) }
    }

    /// What is staged, and all that follows, goes out at the end of its turn.
    func endHolding() { staging.endHolding() }

    // MARK: The turn

    func turnEnded(now: MonotonicInstant) {
        submitStaged(now)
        // In this order: whoever sees a batch's bytes must also find its changes of subscription.
        let reading = sequencer.publication.read(into: &picture)
        let isNew = reading == .new
        takeBackBatches()
        if isNew {
            boundBacklogs()
            recordRound()
        }
        while true {
            mustSettle = false
            sendToGroups()
            serveDirty()
            guard mustSettle else { break }
            loop.flush()
        }
        profile.queued()
        sampleLatency(now)
        // Nothing else need come to turn the loop again: neither for what this turn's end has staged, nor for a
        // picture that could not be read.
        if reading == .busy || (!staging.filling.isEmpty && !staging.isHeld) { loop.wake() }
    }

    /// Normally the kernel takes the sends together with the next wait; now and then they are timed by themselves.
    private func sampleLatency(_ now: MonotonicInstant) {
        defer { acceptedAt = nil }
        guard let acceptedAt, staging.submittedCount == 0, now - lastSampleAt > Self.latencySampleNanoseconds else {
            return
        }
        lastSampleAt = now
        let queuedAt = MonotonicInstant.now()
        loop.flush()
        let settledAt = MonotonicInstant.now()
        figures.broadcastTook(since: acceptedAt, until: settledAt)
        profile.sent(accepted: acceptedAt, queued: queuedAt, settled: settledAt)
    }

    private func submitStaged(_ now: MonotonicInstant) {
        let round = TimerToken(kind: ServerLoop.TimerKind.round.rawValue)
        guard staging.isDue(now, hold: { loop.schedule(round, at: $0) }) else { return }
        if acceptedCount > 0 {
            acceptedAt = firstAcceptedAt
            figures.broadcastAccepted(acceptedCount, at: now)
            profile.submitting(receivedAt: now)
            acceptedCount = 0
        }
        figures.copiedBytes.add(UInt64(staging.filling.frames.count))
        staging.submit(to: sequencer)
        profile.submitted()
    }

    private func takeBackBatches() {
        while let batch = staging.takeBack() {
            for item in batch.items {
                switch item {
                case .messages(let run):
                    figures.appendedBytes.add(UInt64(run.appendedBytes))
                    if let pending = run.answer { answer(pending, run.recipients) }
                case .transition(let transition):
                    arrange(transition)
                }
            }
            staging.reuse(batch)
        }
    }

    private func arrange(_ transition: Batch.Transition) {
        let connection = transition.connection
        connection.stagedMoves -= 1
        guard !connection.isGone, !connection.hasLeftStreams else { return }
        let detour = detour(of: connection)
        detour.switches.append(
            Detour.Switch(
                fromEnd: transition.fromEnd, fromFrameCount: transition.fromFrameCount,
                answer: transition.answer, stream: transition.to, start: transition.toStart))
        touch(connection)
    }

    /// Queues the next contiguous piece of each stream for the clients that are level with it.
    private func sendToGroups() {
        for stream in 0..<streamCount {
            guard var cursor = groups[stream].cursor, cursor.position < picture.ends[stream].position else { continue }
            if groups[stream].encrypted.count > 0 { detachEncrypted(stream, cursor) }
            let piece = cursor.piece(upTo: picture.ends[stream].position)
            guard let bytes = piece.baseAddress else { continue }
            if groups[stream].level.count > 0 {
                roundStarts[stream] = cursor
                roundBytes[stream] = piece.count
                groups[stream].level.rotate { loop.send(toEach: $0, bytes, count: piece.count) }
                figures.delivered(groups[stream].level.count, bytes: piece.count)
            }
            cursor.advance(by: piece.count)
            groups[stream].cursor = cursor
            if cursor.position < picture.ends[stream].position { mustSettle = true }
        }
    }

    /// Each of those that encrypt needs the new bytes in a form of its own.
    private func detachEncrypted(_ stream: Int, _ cursor: StreamCursor) {
        groups[stream].encrypted.takeAll { indices in
            for index in indices {
                guard let connection = connections[SocketID(index: Int(index))] else { continue }
                detour(of: connection).trail = cursor
                keepForNextTurn(connection)
            }
        }
    }

    // MARK: What became of the sends

    func sendStopped(_ connection: Connection, after sentBytes: Int) {
        connection.isBlocked = true
        let detour = detour(of: connection)
        switch detour.sending {
        case .nothing:
            guard let stream = connection.stream, let start = roundStarts[stream.index] else { return }
            groups[stream.index].level.remove(connection.socket.index)
            detour.trail = start
            detour.trail?.advance(by: sentBytes)
            detour.isMidFrame = sentBytes > 0
            figures.cutShort(bytes: roundBytes[stream.index] - sentBytes)
        case .outbound:
            detour.outbound.consume(sentBytes)
        case .log(let count):
            figures.cutShort(bytes: count - sentBytes)
            detour.trail?.advance(by: sentBytes)
            detour.isMidFrame = detour.isMidFrame || sentBytes > 0
        case .encrypted:
            connection.tls?.consumeOutgoing(sentBytes)
        }
        detour.sending = .nothing
        if !connection.isWatched {
            connection.isWatched = true
            stalled.append(connection)
        }
    }

    func sendsSettled() {
        for stream in 0..<streamCount where roundStarts[stream] != nil { roundStarts[stream] = nil }
        guard !inFlight.isEmpty else { return }
        for connection in inFlight where !connection.isGone {
            guard let detour = connection.detour else { continue }
            switch detour.sending {
            case .nothing:
                boundOwnBytes(connection, detour)
                continue
            case .outbound(let count):
                detour.outbound.consume(count)
            case .log(let count):
                detour.trail?.advance(by: count)
                detour.isMidFrame = false
            case .encrypted(let count):
                connection.tls?.consumeOutgoing(count)
            }
            detour.sending = .nothing
            touch(connection)
        }
        inFlight.removeAll(keepingCapacity: true)
    }

    func writable(_ connection: Connection) {
        connection.isBlocked = false
        touch(connection)
    }
}
