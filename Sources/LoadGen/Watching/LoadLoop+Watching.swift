import Recording

/// The seconds of the measured part, and what those who watch are told while the run goes on.
extension LoadLoop {
    private static let secondNanoseconds: UInt64 = 1_000_000_000

    /// The measured part begins.
    func beginSeconds() {
        timeline.begin(atMilliseconds: WallClock.millisecondsSinceEpoch())
        timeline.processor = (MonotonicInstant.now(), ThreadClock.cpuNanoseconds())
    }

    /// Ends the whole seconds of the measured part that are over.
    func endSeconds(_ now: UInt64) {
        while true {
            let end = measureStart + UInt64(timeline.endedSeconds + 1) * Self.secondNanoseconds
            guard end <= now, end <= measureEnd else { return }
            let second = takeSecond(durationNanoseconds: Self.secondNanoseconds)
            guard let monitor else { continue }
            let scheduleLagP99 = second.scheduleLag.percentile(99)
            if let record = monitor.add(second) { timeline.latest = record }
            guard monitor.hasWatcher else { continue }
            timeline.generator = generatorProgress(scheduleLagP99Nanoseconds: scheduleLagP99)
        }
    }

    /// Ends the last one, which may be shorter, or hold what came during the grace: all that counts is in one of them.
    func endLastSecond(_ now: UInt64) {
        guard !isSliced else { return }
        endSeconds(now)
        guard totals != timeline.totals else { return }
        let began = measureStart + UInt64(timeline.endedSeconds) * Self.secondNanoseconds
        let second = takeSecond(durationNanoseconds: now > began ? now - began : 0)
        monitor?.addRemainder(second)
    }

    private func takeSecond(durationNanoseconds: UInt64) -> LoadSecond {
        let second = recorder.takeSecond()
        let totals = totals
        second.end(
            second: timeline.endedSeconds, startedAtMilliseconds: timeline.startedAtMilliseconds,
            durationNanoseconds: durationNanoseconds, counts: totals.since(timeline.totals),
            connected: connectedCount, away: awayCount)
        timeline.endSecond(totals)
        return second
    }

    private var totals: LoadTotals {
        let account = book.account
        return LoadTotals(
            published: countedPublished, expected: account.expected, received: account.received, lost: account.lost,
            duplicated: account.duplicated, reordered: account.reordered, receivedBytes: recorder.receivedBytes)
    }

    /// The limits of the whole run held against the last second.
    private func generatorProgress(scheduleLagP99Nanoseconds: UInt64) -> GeneratorProgress {
        let processor = (at: MonotonicInstant.now(), cpuNanoseconds: ThreadClock.cpuNanoseconds())
        var busyFraction = 0.0
        if let last = timeline.processor, processor.at > last.at {
            busyFraction =
                Double(processor.cpuNanoseconds &- last.cpuNanoseconds) / Double(processor.at - last.at)
        }
        timeline.processor = processor
        var isClosedLoop = false
        if case .closed = plan.arrival { isClosedLoop = plan.publishes }
        let receiveDelayP99 = recorder.receiveDelay.percentile(99)
        // What was intended is not known second by second: what is late shows in the lag.
        let check = SaturationCheck(
            isClosedLoop: isClosedLoop, scheduleLagP99Nanoseconds: scheduleLagP99Nanoseconds,
            latencyP50Nanoseconds: UInt64(timeline.latest?.latencyP50Nanoseconds ?? 0), published: 0, intended: 0,
            busyFraction: busyFraction, waitingFraction: 0, receiveDelayP99Nanoseconds: receiveDelayP99)
        return GeneratorProgress(
            busyFraction: busyFraction, scheduleLagP99Nanoseconds: scheduleLagP99Nanoseconds,
            receiveDelayP99Nanoseconds: receiveDelayP99, reasons: check.reasons)
    }

    // MARK: Where it stands

    func report(_ now: UInt64) {
        let totals = totals
        let counts = totals.since(timeline.reported.totals)
        let elapsed = Double(now - timeline.reported.atNanoseconds) / 1e9
        let perSecond = { (count: UInt64) in elapsed > 0 ? Double(count) / elapsed : 0 }
        timeline.reported = (totals, now)
        let position = LoadProgress(
            stage: stage, connected: connectedCount, clients: plan.clients,
            elapsedNanoseconds: stage == .connecting ? 0 : min(now, measureEnd) - min(now, measureStart),
            durationNanoseconds: plan.durationNanoseconds, published: totals.published, received: totals.received,
            outstanding: book.outstandingCount, deliveriesPerSecond: perSecond(counts.received),
            latencyP50Nanoseconds: UInt64(timeline.latest?.latencyP50Nanoseconds ?? 0),
            latencyP99Nanoseconds: UInt64(timeline.latest?.latencyP99Nanoseconds ?? 0),
            isSaturated: isSaturatedSoFar, publishedPerSecond: perSecond(counts.published), expected: totals.expected,
            lost: totals.lost,
            duplicated: totals.duplicated, reordered: totals.reordered, receivedBytes: totals.receivedBytes,
            failed: failedCount, disconnected: disconnectedCount, generator: timeline.generator)
        monitor?.note(position)
        progress(position)
    }
}
