import Recording
import Transport

/// The loop looks at itself: while it reads, after each turn, at each tick, and when it is asked for its verdict.
extension LoadLoop {
    /// Before that a verdict on what has been measured so far means little.
    private static let verdictAfterNanoseconds: Int64 = 500_000_000

    /// Of every read, before anything else becomes of it.
    func watchReceive(_ client: LoadClient, _ socket: SocketID, _ bytes: UnsafeRawBufferPointer) {
        // Of a slow reader it is the plan that lets it wait; a connection that posts has another client's number.
        guard client.publisher == nil, client.reading == .eager else { return }
        if client.index == watch.backlog.client { noteBacklog(socket, readBytes: bytes.count) }
        if loop.receiveStampNanoseconds != 0 { noteStamp(client, bytes) }
    }

    private func noteBacklog(_ socket: SocketID, readBytes: Int) {
        watch.backlog.taken()
        guard let leftBytes = loop.receiveBacklogBytes(of: socket) else { return }
        watch.receiveBacklogBytes.record(UInt64(readBytes + leftBytes))
    }

    private func noteStamp(_ client: LoadClient, _ bytes: UnsafeRawBufferPointer) {
        let readAt = WallClock.nanosecondsSinceEpoch()
        guard stage == .measuring, client.isOpen, client.parser.isAtMessageBoundary, KernelStamp.isLoneMessage(bytes),
            let waited = KernelStamp.waitedNanoseconds(
                stampNanoseconds: loop.receiveStampNanoseconds, readAtNanoseconds: readAt)
        else { return }
        watch.receiveQueue.record(waited)
    }

    /// Until when the loop is looked at: the measured part, without the wait for what is missing.
    func watchMeasuring() {
        let end = plan.mode == .reflect ? UInt64.max : measureEnd
        watch.loopLag.begin(atNanoseconds: nowNanoseconds, untilNanoseconds: end)
    }

    /// A turn may end the measured part and begin within it: it counts as far as it lies there.
    func watchTurn(endedAt now: MonotonicInstant) {
        guard stage == .measuring || stage == .grace, !isSliced else { return }
        watch.loopLag.turnEnded(
            beganNanoseconds: UInt64(max(0, loop.now - epoch)), nowNanoseconds: UInt64(max(0, now - epoch)))
    }

    func watchTick(_ now: UInt64) {
        watch.loopLag.timerWasDue(atNanoseconds: watch.tickDueNanoseconds)
        watch.tickDueNanoseconds = now + Self.tickNanoseconds
        guard !isSliced else { return }
        watch.backlog.tick(isMeasuring: stage == .measuring)
        // The wait for what is missing may be longer than the measured part: a generator that was busy all the time
        // must not look idle for it. A tick later than its beginning, since reading this takes a moment.
        if stage == .grace, usageInGrace == nil, usageAtStart != nil { usageInGrace = .now(server: nil) }
    }

    // MARK: The verdict

    /// Whether the verdict would be `saturated` if the run ended now.
    var isSaturatedSoFar: Bool {
        guard stage == .measuring || stage == .grace, let start = usageAtStart else { return false }
        let usage = usageInGrace ?? GeneratorUsage.ofThread(since: start)
        guard usage.at - start.at >= Self.verdictAfterNanoseconds else { return false }
        return !saturationCheck(until: usage, intended: countedPublished).reasons.isEmpty
    }

    /// - Parameters:
    ///   - end: what the thread had used when the part that is judged ended; nil where it never began.
    ///   - intended: messages of the schedule for that part.
    func saturationCheck(until end: GeneratorUsage?, intended: UInt64) -> SaturationCheck {
        var share = GeneratorShare.zero
        if let start = usageAtStart, let end {
            share = GeneratorShare(from: start, to: end, cores: MachineDescription.onlineCores)
        }
        var isClosedLoop = false
        if case .closed = plan.arrival { isClosedLoop = plan.publishes }
        let hasEnoughStamps = watch.receiveQueue.count >= SaturationCheck.receiveQueueLeastCount
        return SaturationCheck(
            isClosedLoop: isClosedLoop, scheduleLagP99Nanoseconds: recorder.scheduleLag.percentile(99),
            latencyP50Nanoseconds: recorder.latency.percentile(50), published: countedPublished, intended: intended,
            busyFraction: share.busyFraction, waitingFraction: share.waitingFraction,
            receiveDelayP99Nanoseconds: recorder.receiveDelay.percentile(99),
            receiveQueueP99Nanoseconds: hasEnoughStamps ? watch.receiveQueue.percentile(99) : nil)
    }

    func generatorFigures(_ check: SaturationCheck, cpuNanosecondsPerDelivery: Double?) -> GeneratorFigures {
        let reasons = check.reasons
        let lag = watch.loopLag.histogram.summary()
        let backlog = watch.receiveBacklogBytes.summary()
        return GeneratorFigures(
            cpuNanosecondsPerDelivery: cpuNanosecondsPerDelivery,
            scheduleLagP99Nanoseconds: Int(check.scheduleLagP99Nanoseconds),
            verdict: reasons.isEmpty ? .ok : .saturated, reasons: reasons, busyFraction: check.busyFraction,
            waitingFraction: check.waitingFraction,
            receiveDelayP99Nanoseconds: Int(check.receiveDelayP99Nanoseconds),
            receiveModerationNanoseconds: Int(moderation.longestIntervalNanoseconds),
            loopLagP99Nanoseconds: lag.p99Nanoseconds,
            // The histograms are made for times; their steps, a thousandth of the value, are the same for bytes.
            receiveBacklogP99Bytes: backlog.p99Nanoseconds, receiveBacklogMaxBytes: backlog.maxNanoseconds,
            receiveQueue: watch.stampedClients.count > 0 ? ReceiveQueueFigures(watch.receiveQueue.summary()) : nil)
    }
}
