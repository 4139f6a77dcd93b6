import Recording
import Transport
import WebSocketWire

/// Brings the streams to the clients of one loop, and to each client what is for it alone.
///
/// Clients that are level with their stream are a bitmap and need no state of their own: a turn queues one send of the
/// same bytes for each. A client that is not level (its socket is full, something private is to go out, it has just
/// joined or changes its subscription) trails: it has a cursor and is served by itself until it is level again.
///
/// Order for one client: a frame under way is completed; then its private bytes; then its stream up to its next change
/// of subscription; then that change. At most one send per client is queued between two settlements, so none can
/// overtake another. Loop's thread only. No allocation and no copy per delivery.
final class FanOut {
    private static let latencySampleNanoseconds: Int64 = 10_000_000
    /// A client that leaves this much of its own answers unread is no longer read from.
    private static let outboundLimitBytes = 1 << 20
    /// Nor one that has this many changes of subscription ahead.
    private static let switchLimit = 64

    private let loop: EventLoop
    private let sequencer: Sequencer
    private let connections: ConnectionTable
    let backlogLimitBytes: UInt64
    let slowClientPolicy: SlowClientPolicy
    let figures: LoopFigures
    let profile = TurnProfile()
    /// Closes a client that is too slow; set by the owner of both.
    var disconnectSlowClient: (Connection) -> Void = { _ in }
    /// Closes a client that has been told everything.
    var finish: (Connection) -> Void = { _ in }
    /// Answers an HTTP request whose broadcast has its place.
    var answer: (PendingAnswer, Int) -> Void = { _, _ in }

    private(set) var groups = (0..<StreamID.count).map { _ in FanOutGroup() }
    private(set) var ends = [Publication.StreamEnd](repeating: .init(), count: StreamID.count)
    private var seenVersion: UInt64 = 0
    /// Where this round's sends to a group began, until they are settled.
    private var roundStarts = [StreamCursor?](repeating: nil, count: StreamID.count)
    private var roundBytes = [Int](repeating: 0, count: StreamID.count)

    private(set) var staging: BatchStaging

    private(set) var dirty: [Connection] = []
    /// Those of `dirty` that are being served; empty in between, kept for its memory.
    private var due: [Connection] = []
    private var inFlight: [Connection] = []
    /// Trailing clients whose sockets are full.
    var stalled: [Connection] = []
    /// Of those, when they were last looked at.
    var slowestBacklogBytes: UInt64 = 0
    private var mustSettle = false
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
        staging = BatchStaging(
            loopIndex: loopIndex, flushIntervalNanoseconds: configuration.flushIntervalNanoseconds)
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
        staging.filling.add(
            Batch.Transition(connection: connection, from: connection.requestedStream, to: stream, answer: answer))
        connection.requestedStream = stream
    }

    /// The client's `outbound`, or its wish to be closed, has changed.
    func touch(_ connection: Connection) {
        detach(connection)
        guard !connection.isGone else { return }
        if connection.outbound.count > Self.outboundLimitBytes { pauseReading(connection) }
        guard !connection.isDirty else { return }
        connection.isDirty = true
        dirty.append(connection)
    }

    /// Leaves what the client sends with the kernel, until what is for the client alone has gone out.
    func pauseReading(_ connection: Connection) {
        connection.isPaused = true
        loop.setReading(connection.socket, false)
    }

    /// The client gets no more of its stream; a frame under way is still completed.
    func endStream(_ connection: Connection) {
        guard !connection.isGone else { return }
        detach(connection)
        if connection.isMidFrame { spillFrame(connection) }
        unfollow(connection)
        connection.switches = []
        connection.hasLeftStreams = true
        if connection.requestedStream != nil { move(connection, to: nil) }
    }

    /// The socket is gone.
    func remove(_ connection: Connection) {
        connection.isMidFrame = false
        endStream(connection)
        connection.isGone = true
    }

    /// What is staged, and all that follows, goes out at the end of its turn.
    func endHolding() { staging.endHolding() }

    // MARK: The turn

    func turnEnded(now: MonotonicInstant) {
        submitStaged(now)
        // In this order: whoever sees a batch's bytes must also find its changes of subscription.
        let reading = sequencer.publication.read(into: &ends, version: &seenVersion)
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
                    figures.appendedBytes.add(UInt64(run.byteCount * run.streamCount))
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
        guard !connection.isGone, !connection.hasLeftStreams else { return }
        connection.switches.append(
            Connection.Switch(
                fromEnd: transition.fromEnd, fromFrameCount: transition.fromFrameCount,
                answer: transition.answer, stream: transition.to, start: transition.toStart))
        if connection.switches.count >= Self.switchLimit { pauseReading(connection) }
        touch(connection)
    }

    /// Queues the next contiguous piece of each stream for the clients that are level with it.
    private func sendToGroups() {
        for stream in 0..<StreamID.count {
            guard var cursor = groups[stream].cursor, cursor.position < ends[stream].position else { continue }
            let piece = cursor.piece(upTo: ends[stream].position)
            guard let bytes = piece.baseAddress else { continue }
            if groups[stream].count > 0 {
                roundStarts[stream] = cursor
                roundBytes[stream] = piece.count
                groups[stream].rotate { loop.send(toEach: $0, bytes, count: piece.count) }
                figures.delivered(groups[stream].count, bytes: piece.count)
            }
            cursor.advance(by: piece.count)
            groups[stream].cursor = cursor
            if cursor.position < ends[stream].position { mustSettle = true }
        }
    }

    // MARK: Clients served by themselves

    private func serveDirty() {
        guard !dirty.isEmpty else { return }
        swap(&dirty, &due)
        for connection in due {
            connection.isDirty = false
            serve(connection)
        }
        due.removeAll(keepingCapacity: true)
    }

    private func serve(_ connection: Connection) {
        guard !connection.isGone, !connection.isBlocked, case .nothing = connection.sending else { return }
        while true {
            if connection.isMidFrame, !connection.outbound.isEmpty { spillFrame(connection) }
            if !connection.outbound.isEmpty { return sendOutbound(connection) }
            if connection.isPaused, connection.switches.count < Self.switchLimit {
                connection.isPaused = false
                loop.setReading(connection.socket, true)
            }
            if connection.closesWhenDrained { return finish(connection) }
            let change = connection.switches.first
            guard let stream = connection.stream else {
                guard let change else { return }
                follow(connection, change)
                continue
            }
            guard var trail = connection.trail, let level = groups[stream.index].cursor?.position else { return }
            if let change, trail.position >= change.fromEnd {
                follow(connection, change)
                continue
            }
            let piece = trail.piece(upTo: min(level, change?.fromEnd ?? level))
            connection.trail = trail
            if let bytes = piece.baseAddress { return sendLog(connection, bytes, piece.count) }
            if change == nil, trail.position == level { return attach(connection) }
            // Ahead of its loop, whose picture of the streams is older: its turn comes with the next one.
            return keepForNextTurn(connection)
        }
    }

    private func sendOutbound(_ connection: Connection) {
        guard let bytes = connection.outbound.bytes.baseAddress else { return }
        connection.sending = .outbound(count: connection.outbound.count)
        queue(connection, bytes, connection.outbound.count)
    }

    private func sendLog(_ connection: Connection, _ bytes: UnsafeRawPointer, _ count: Int) {
        connection.sending = .log(count: count)
        figures.delivered(1, bytes: count)
        queue(connection, bytes, count)
    }

    private func queue(_ connection: Connection, _ bytes: UnsafeRawPointer, _ count: Int) {
        inFlight.append(connection)
        // What follows this send, if anything does, must not wait for another event.
        if connection.stream != nil || connection.closesWhenDrained || connection.isPaused
            || !connection.switches.isEmpty
        {
            mustSettle = true
        }
        loop.send(connection.socket, bytes, count: count)
    }

    private func keepForNextTurn(_ connection: Connection) {
        connection.isDirty = true
        dirty.append(connection)
    }

    // MARK: What became of the sends

    func sendStopped(_ connection: Connection, after sentBytes: Int) {
        connection.isBlocked = true
        switch connection.sending {
        case .nothing:
            guard let stream = connection.stream, let start = roundStarts[stream.index] else { return }
            groups[stream.index].remove(connection.socket.index)
            connection.trail = start
            connection.trail?.advance(by: sentBytes)
            connection.isMidFrame = sentBytes > 0
            figures.cutShort(bytes: roundBytes[stream.index] - sentBytes)
        case .outbound:
            connection.outbound.consume(sentBytes)
        case .log(let count):
            figures.cutShort(bytes: count - sentBytes)
            connection.trail?.advance(by: sentBytes)
            connection.isMidFrame = connection.isMidFrame || sentBytes > 0
        }
        connection.sending = .nothing
        if !connection.isWatched {
            connection.isWatched = true
            stalled.append(connection)
        }
    }

    func sendsSettled() {
        for stream in 0..<StreamID.count where roundStarts[stream] != nil { roundStarts[stream] = nil }
        guard !inFlight.isEmpty else { return }
        for connection in inFlight where !connection.isGone {
            switch connection.sending {
            case .nothing:
                continue
            case .outbound(let count):
                connection.outbound.consume(count)
            case .log(let count):
                connection.trail?.advance(by: count)
                connection.isMidFrame = false
            }
            connection.sending = .nothing
            touch(connection)
        }
        inFlight.removeAll(keepingCapacity: true)
    }

    func writable(_ connection: Connection) {
        connection.isBlocked = false
        touch(connection)
    }

    // MARK: Following a stream

    /// Makes the client's trail, if it is level, its own.
    private func detach(_ connection: Connection) {
        guard let stream = connection.stream, groups[stream.index].contains(connection.socket.index) else { return }
        groups[stream.index].remove(connection.socket.index)
        connection.trail = groups[stream.index].cursor
    }

    private func attach(_ connection: Connection) {
        guard let stream = connection.stream else { return }
        connection.trail = nil
        groups[stream.index].insert(connection.socket.index)
        // The first follower sets the group's place: what lies behind it has not been sent in this turn.
        if let level = groups[stream.index].cursor?.position, level < ends[stream.index].position { mustSettle = true }
    }

    private func unfollow(_ connection: Connection) {
        connection.trail = nil
        guard let stream = connection.stream else { return }
        connection.stream = nil
        groups[stream.index].followerCount -= 1
        if groups[stream.index].followerCount == 0 { groups[stream.index].cursor = nil }
    }

    func follow(_ connection: Connection, _ change: Connection.Switch) {
        connection.switches.removeFirst()
        unfollow(connection)
        connection.outbound.append(change.answer)
        guard let stream = change.stream else {
            connection.closesWhenDrained = true
            return
        }
        connection.stream = stream
        connection.trail = change.start
        if groups[stream.index].followerCount == 0 { groups[stream.index].cursor = change.start }
        groups[stream.index].followerCount += 1
    }
}
