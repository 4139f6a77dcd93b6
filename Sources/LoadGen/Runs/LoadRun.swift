import Recording
import Transport

/// A run from its plan to its result.
package final class LoadRun {
    private let plan: LoadPlan
    private let loop: LoadLoop
    private let startedAt = WallClock.iso8601()
    private let commit: String?
    /// What the run tells of itself while it goes on.
    package let monitor: RunMonitor

    /// - Parameters:
    ///   - commit: the revision of this program, for the result.
    ///   - progress: called about twice a second on the thread that runs.
    /// - Throws: `AddressError`, `SystemError`, `UringUnavailable`.
    package init(_ plan: LoadPlan, commit: String? = nil, progress: @escaping (LoadProgress) -> Void = { _ in }) throws
    {
        self.plan = plan
        self.commit = commit
        monitor = RunMonitor(thresholds: plan.thresholds)
        _ = DescriptorLimit.raise()
        let address = try SocketAddress.resolve(host: plan.url.host, port: plan.url.port)
        loop = try LoadLoop(plan, address: address)
        loop.progress = progress
        loop.monitor = monitor
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
        monitor.finish()
        guard loop.everConnectedCount > 0 || loop.isInterrupted else {
            throw LoadFailure.nobodyConnected(loop.commonestError ?? "no client was started")
        }
        if let reason = loop.posterFailure, !loop.isInterrupted { throw .noPublisher(reason) }
        guard loop.stage != .connecting || loop.isInterrupted else {
            throw LoadFailure.nobodyStayed(loop.commonestError ?? "all have left")
        }
        var result = makeResult()
        result.thresholds = monitor.outcomes(for: result)
        return result
    }

    private func makeResult() -> RunResult {
        let account = loop.book.account
        let seconds = Double(measuredNanoseconds) / 1e9
        let perSecond = { (count: UInt64) in seconds > 0 ? Double(count) / seconds : 0 }
        let deliverySeconds = Double(max(measuredNanoseconds, deliveringNanoseconds)) / 1e9
        let perDeliverySecond = { (count: UInt64) in deliverySeconds > 0 ? Double(count) / deliverySeconds : 0 }
        let latency = loop.recorder.latency.summary()
        let check = loop.saturationCheck(until: loop.usageInGrace ?? loop.usageAtEnd, intended: intended)
        let behaviour = loop.behaviour.counts
        return RunResult(
            startedAt: startedAt, durationNanoseconds: Int(measuredNanoseconds), interrupted: loop.isInterrupted,
            clients: ClientCounts(
                requested: plan.clients, connected: loop.everConnectedCount, failed: loop.failedCount,
                disconnected: loop.disconnectedCount, connectedPerSecond: loop.watch.connectedPerSecond,
                slowDisconnected: behaviour.slowDisconnected, churned: behaviour.churned,
                vanished: behaviour.vanished, stormed: behaviour.stormed, reconnected: behaviour.reconnected),
            messages: MessageCounts(published: Int(loop.countedPublished), intended: Int(intended)),
            deliveries: DeliveryCounts(
                expected: Int(account.expected), received: Int(account.received), lost: Int(account.lost),
                duplicated: Int(account.duplicated), reordered: Int(account.reordered),
                withdrawn: Int(account.withdrawn)),
            rates: RateFigures(
                publishedPerSecond: perSecond(loop.countedPublished),
                deliveriesPerSecond: perDeliverySecond(account.received),
                bytesPerSecond: perDeliverySecond(loop.recorder.receivedBytes), generatorBound: check.isGeneratorBound,
                requestedPerSecond: loop.schedule == nil ? nil : perSecond(intended)),
            latency: latency, serviceLatency: loop.recorder.serviceLatency.summary(),
            completion: loop.recorder.completion.summary(), spread: loop.recorder.spread.summary(),
            handshake: loop.recorder.handshake.summary(), reconnect: loop.recorder.reconnect.summary(),
            generator: loop.generatorFigures(
                check,
                cpuNanosecondsPerDelivery: account.received > 0
                    ? usedNanoseconds.cpu / Double(account.received) : nil),
            server: serverFigures(account.received),
            machine: .current(io: loop.loop.io.rawValue, commit: commit),
            histograms: loop.recorder.encoded, plan: plan.record, thresholds: [], errors: errors(account),
            intervals: monitor.intervals)
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

    /// Once the run is over.
    private lazy var intended = countIntended()

    /// Messages that the schedule had for the measured part; what was published, where there is no schedule.
    ///
    /// From the schedule's beginning: one of random gaps is gone through, 20 ns a message.
    private func countIntended() -> UInt64 {
        guard var schedule = plan.schedule(), loop.usageAtStart != nil else { return loop.countedPublished }
        let begin = plan.warmupNanoseconds
        let end = begin + measuredNanoseconds
        let dueBefore = begin == 0 ? 0 : schedule.due(atNanoseconds: begin - 1)
        return (end == 0 ? 0 : schedule.due(atNanoseconds: end - 1)) - dueBefore
    }

    /// Of the measured part and the wait for what was missing.
    private var usedNanoseconds: (wall: Double, cpu: Double) {
        guard let start = loop.usageAtStart, let end = loop.usageAtEnd else { return (0, 0) }
        return (Double(end.at - start.at), Double(end.cpuNanoseconds &- start.cpuNanoseconds))
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
