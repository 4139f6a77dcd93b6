import Recording

/// Reports of all loops for one that was asked.
extension ServerLoop {
    /// Encoding the histograms takes some milliseconds: whoever asks for them all the time is not to stop the broadcasts,
    /// and gets them this old at most.
    private static let histogramsKeptNanoseconds: Int64 = 100_000_000

    /// Asks every loop and answers the request when all have said what they know: soon, since a loop never blocks.
    func survey<Answer: Sendable>(
        _ connection: Connection, _ exchange: HTTPExchange, _ question: @escaping @Sendable (ServerLoop) -> Answer,
        answer: @escaping ([Answer]) -> HTTPAnswer
    ) {
        let ticket = park(connection, exchange) { [unowned self] (answers: [Answer]) in
            complete(connection, exchange, answer(answers))
        }
        guard let ticket else { return }
        let survey = LoopSurvey<Answer>(loopCount: colleagues.count)
        for (place, colleague) in colleagues.enumerated() {
            colleague.ask(question) { answer in
                if let answers = survey.add(answer, of: place) { ticket.redeem(answers) }
            }
        }
    }

    /// The loops' reports with what is too dear for a route that is read all the time: allocation counts, which empty the
    /// thread's cache, and histograms. What it takes to answer is not counted.
    func surveyInDetail(_ connection: Connection, _ exchange: HTTPExchange) {
        survey(connection, exchange, { $0.report(detailed: true) }) { [unowned self] reports in
            let start = AllocationMeter.Reading.now()
            defer { allocations.exclude(since: start) }
            let body = LoopReports(loops: reports, allocatorAllocatedBytes: Allocator.allocatedBytes())
            return HTTPAnswer(200, body.serialized())
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
