import Recording
import Transport

/// A run from its plan to its result.
package final class LoadRun {
    private let plan: LoadPlan
    private let loop: LoadLoop
    private let startedAt = WallClock.iso8601()
    private let commit: String?

    /// - Parameters:
    ///   - commit: the revision of this program, for the result.
    ///   - progress: called about twice a second on the thread that runs.
    /// - Throws: `AddressError`, `SystemError`, `UringUnavailable`.
    package init(_ plan: LoadPlan, commit: String? = nil, progress: @escaping (LoadProgress) -> Void = { _ in }) throws
    {
        self.plan = plan
        self.commit = commit
        _ = DescriptorLimit.raise()
        let address = try SocketAddress.resolve(host: plan.url.host, port: plan.url.port)
        loop = try LoadLoop(plan, address: address)
        loop.progress = progress
        if let pid = plan.serverPid ?? (address.isLoopback ? ProcessFigures.listening(onPort: plan.url.port) : nil) {
            loop.server = ProcessFigures(pid: pid)
        }
    }

    /// To be set before the run.
    package var measuredPart: MeasuredPartObserver {
        get { loop.measuredPart }
        set { loop.measuredPart = newValue }
    }

    /// For threads that do not own the run: a signal's.
    package var interruptHandle: RunInterruptHandle { RunInterruptHandle(run: UncheckedRun(run: loop)) }

    /// Runs on the calling thread.
    ///
    /// - Throws: `LoadFailure` where not a single client could be connected.
    package func run() throws(LoadFailure) -> RunResult {
        loop.run()
        guard loop.everConnectedCount > 0 || loop.isInterrupted else {
            throw LoadFailure.nobodyConnected(loop.commonestError ?? "no client was started")
        }
        guard loop.stage != .connecting || loop.isInterrupted else {
            throw LoadFailure.nobodyStayed(loop.commonestError ?? "all have left")
        }
        var result = makeResult()
        result.thresholds = plan.thresholds.map { $0.evaluate(against: result) }
        return result
    }

    private func makeResult() -> RunResult {
        let account = loop.book.account
        let seconds = Double(measuredNanoseconds) / 1e9
        let perSecond = { (count: UInt64) in seconds > 0 ? Double(count) / seconds : 0 }
        let deliverySeconds = Double(max(measuredNanoseconds, deliveringNanoseconds)) / 1e9
        let perDeliverySecond = { (count: UInt64) in deliverySeconds > 0 ? Double(count) / deliverySeconds : 0 }
        let latency = loop.recorder.latency.summary()
        let check = saturationCheck(latency)
        return RunResult(
            startedAt: startedAt, durationNanoseconds: Int(measuredNanoseconds), interrupted: loop.isInterrupted,
            clients: ClientCounts(
                requested: plan.clients, connected: loop.everConnectedCount, failed: loop.failedCount,
                disconnected: loop.disconnectedCount),
            messages: MessageCounts(published: Int(loop.countedPublished), intended: Int(intended)),
            deliveries: DeliveryCounts(
                expected: Int(account.expected), received: Int(account.received), lost: Int(account.lost),
                duplicated: Int(account.duplicated), reordered: Int(account.reordered)),
            rates: RateFigures(
                publishedPerSecond: perSecond(loop.countedPublished),
                deliveriesPerSecond: perDeliverySecond(account.received),
                bytesPerSecond: perDeliverySecond(loop.recorder.receivedBytes), generatorBound: check.isGeneratorBound),
            latency: latency, serviceLatency: loop.recorder.serviceLatency.summary(),
            completion: loop.recorder.completion.summary(), spread: loop.recorder.spread.summary(),
            handshake: loop.recorder.handshake.summary(), generator: generatorFigures(check, account.received),
            server: serverFigures(account.received),
            machine: .current(io: loop.loop.io.rawValue, commit: commit),
            histograms: loop.recorder.encoded, plan: plan.record, thresholds: [], errors: errors(account),
            intervals: loop.recorder.intervals)
    }

    /// The planned duration, or what an interruption left of it; as long as the server liked where it decides.
    private var measuredNanoseconds: UInt64 {
        guard loop.isInterrupted || plan.mode == .reflect else { return plan.durationNanoseconds }
        guard let start = loop.usageAtStart, let end = loop.usageAtEnd else { return 0 }
        let elapsed = UInt64(max(0, end.at - start.at))
        return plan.mode == .reflect ? elapsed : min(elapsed, plan.durationNanoseconds)
    }

    /// From the beginning of the measured part to the last delivery: what came after the end was not delivered within it.
    private var deliveringNanoseconds: UInt64 {
        let last = loop.recorder.lastDeliveryNanoseconds
        return last > loop.measureStart ? last - loop.measureStart : 0
    }

    /// Messages that the schedule had for the measured part; what was published, where there is no schedule.
    private var intended: UInt64 {
        guard let pacer = loop.pacer, loop.usageAtStart != nil else { return loop.countedPublished }
        let end = plan.warmupNanoseconds + measuredNanoseconds
        return (end == 0 ? 0 : pacer.due(atNanoseconds: end - 1))
            - (plan.warmupNanoseconds == 0 ? 0 : pacer.due(atNanoseconds: plan.warmupNanoseconds - 1))
    }

    private var usedNanoseconds: (wall: Double, cpu: Double, waiting: Double) {
        guard let start = loop.usageAtStart, let end = loop.usageAtEnd else { return (0, 0, 0) }
        let waiting =
            (end.runQueueWaitNanoseconds &- start.runQueueWaitNanoseconds)
            &+ (end.stealNanoseconds &- start.stealNanoseconds) / UInt64(max(1, MachineDescription.onlineCores))
        return (Double(end.at - start.at), Double(end.cpuNanoseconds &- start.cpuNanoseconds), Double(waiting))
    }

    private func saturationCheck(_ latency: LatencySummary) -> SaturationCheck {
        let used = usedNanoseconds
        var isClosedLoop = false
        if case .closed = plan.arrival { isClosedLoop = plan.publishes }
        return SaturationCheck(
            isClosedLoop: isClosedLoop,
            scheduleLagP99Nanoseconds: loop.recorder.scheduleLag.percentile(99),
            latencyP50Nanoseconds: UInt64(latency.p50Nanoseconds ?? 0), published: loop.countedPublished,
            intended: intended, busyFraction: used.wall > 0 ? used.cpu / used.wall : 0,
            waitingFraction: used.wall > 0 ? used.waiting / used.wall : 0,
            receiveDelayP99Nanoseconds: loop.recorder.receiveDelay.percentile(99))
    }

    private func generatorFigures(_ check: SaturationCheck, _ received: UInt64) -> GeneratorFigures {
        let reasons = check.reasons
        return GeneratorFigures(
            cpuNanosecondsPerDelivery: received > 0 ? usedNanoseconds.cpu / Double(received) : nil,
            scheduleLagP99Nanoseconds: Int(check.scheduleLagP99Nanoseconds),
            verdict: reasons.isEmpty ? .ok : .saturated, reasons: reasons, busyFraction: check.busyFraction,
            waitingFraction: check.waitingFraction,
            receiveDelayP99Nanoseconds: Int(check.receiveDelayP99Nanoseconds),
            receiveModerationNanoseconds: Int(loop.moderation.longestIntervalNanoseconds))
    }

    private func serverFigures(_ received: UInt64) -> ServerFigures? {
        guard let server = loop.server else { return nil }
        var cpu: UInt64?
        if let start = loop.usageAtStart?.serverCPUNanoseconds, let end = loop.usageAtEnd?.serverCPUNanoseconds {
            cpu = end >= start ? end - start : nil
        }
        let wall = usedNanoseconds.wall
        return ServerFigures(
            pid: server.pid,
            cpuNanosecondsPerDelivery: received > 0 ? cpu.map { Double($0) / Double(received) } : nil,
            residentBytes: loop.serverResidentBytes,
            busyFraction: wall > 0 ? cpu.map { Double($0) / wall } : nil)
    }

    private func errors(_ account: DeliveryAccount) -> [String: Int] {
        var errors = loop.errors
        if account.corrupted > 0 { errors["corrupted messages"] = Int(account.corrupted) }
        if account.unknown > 0 { errors["messages that no client expected"] = Int(account.unknown) }
        if account.expired > 0 { errors["deliveries after they were counted as lost"] = Int(account.expired) }
        return errors
    }
}
