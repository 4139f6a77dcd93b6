import Recording

/// Reports of all loops for one that was asked.
extension ServerLoop {
    /// Encoding the histograms takes some milliseconds: whoever asks for them all the time is not to stop the broadcasts,
    /// and gets them this old at most.
    private static let histogramsKeptNanoseconds: Int64 = 100_000_000

    /// Answers the request when every loop has reported: soon, since a loop never blocks.
    ///
    /// - Parameter detailed: with what is too dear for a route that is read all the time: allocation counts, which
    ///   empty the thread's cache, and histograms.
    func survey(
        detailed: Bool, _ connection: Connection, _ exchange: HTTPExchange,
        answer: @escaping ([LoopReport]) -> HTTPAnswer
    ) {
        guard !isDraining else {
            return respond(connection, exchange, .failure(503, "the server is going down"))
        }
        let number = nextSurvey
        nextSurvey += 1
        surveys[number] = PendingSurvey(
            connection: connection, exchange: exchange, isDetailed: detailed, answer: answer)
        exchange.awaitsAnswer = true
        let survey = LoopSurvey(loopCount: colleagues.count)
        for colleague in colleagues {
            colleague.report(detailed: detailed, to: survey, number: number, asker: UncheckedLoop(loop: self))
        }
    }

    func surveyEnded(_ number: Int, _ reports: [LoopReport]) {
        guard let pending = surveys.removeValue(forKey: number) else { return }
        guard pending.isDetailed else {
            return complete(pending.connection, pending.exchange, pending.answer(reports))
        }
        let start = AllocationMeter.Reading.now()
        complete(pending.connection, pending.exchange, pending.answer(reports))
        allocations.exclude(since: start)
    }

    /// Loops that have ended do not report any more.
    func abandonSurveys() {
        let abandoned = surveys.values
        surveys = [:]
        for pending in abandoned {
            complete(pending.connection, pending.exchange, .failure(503, "the server is going down"))
        }
    }

    /// Loop's thread.
    func report(detailed: Bool) -> LoopReport {
        guard detailed else { return plainReport() }
        let start = AllocationMeter.Reading.now()
        let reading = allocations.counted(start)
        var report = plainReport()
        report.allocations = reading.count
        report.allocatedBytes = reading.bytes
        if histogramsEncodedAt.map({ loop.now - $0 > Self.histogramsKeptNanoseconds }) ?? true {
            histogramsEncodedAt = loop.now
            encodedHistograms = fanOut.profile.encodedHistograms()
        }
        report.histograms = encodedHistograms
        allocations.exclude(since: start)
        return report
    }

    private func plainReport() -> LoopReport {
        var report = LoopReport(loop: index)
        let counters = loop.counters
        report.connections = connections.count
        report.kernelEntries = counters.kernelEntries
        report.turns = counters.turns
        report.receives = counters.receives
        report.receivedBytes = counters.receivedBytes
        report.sends = counters.sends
        report.queuedBytes = counters.queuedBytes
        report.stoppedSends = counters.stoppedSends
        report.broadcasts = figures.broadcasts.current
        report.deliveredBytes = figures.deliveredBytes.current
        report.missedMessages = figures.missedMessages.current
        report.copiedBytes = figures.copiedBytes.current
        report.appendedBytes = figures.appendedBytes.current
        (report.cpuUserNanoseconds, report.cpuSystemNanoseconds) = ThreadClock.splitCPUNanoseconds()
        fanOut.fill(&report)
        return report
    }
}
