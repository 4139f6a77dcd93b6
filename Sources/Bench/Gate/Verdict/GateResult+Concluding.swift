import Recording

/// From what was measured to what is said of it.
extension GateResult {
    /// Weighs what there is, at a moment that was fixed beforehand.
    mutating func look(from: Double, to: Double) {
        let counted = exactResults
        let look = GateLook(
            errors: errors, from: from, to: to, metrics: timedDecidingCount,
            minimumEffectPercent: minimumEffectPercent)
        let timed = SliceMetric.all.map(\.metric) + ConnectionMetric.allCases.map(\.metric)
        metrics =
            timed.filter { $0.kind == .timing }.map { look.result($0, sets, decides: timingDecides) } + counted
            + timed.filter { $0.kind == .shown }.map { look.result($0, sets, isAsked: asked.contains($0.name)) }
        looks.append(to)
        verdict = GateVerdict(metrics, isInvalid: isInvalid)
    }

    /// Takes what was counted of both.
    ///
    /// - Throws: `SliceFailure` where a server's counters and the kernel's contradict each other.
    mutating func take(exact figures: [ExactFigures]) throws(SliceFailure) {
        exact = figures
        try refuseContradictions(figures)
    }

    /// Takes what was counted of both in other processes, since the first ones differed.
    mutating func take(exactAgain figures: [ExactFigures]) throws(SliceFailure) {
        exactAgain = figures
        try refuseContradictions(figures)
    }

    private func refuseContradictions(_ figures: [ExactFigures]) throws(SliceFailure) {
        for (figures, arm) in zip(figures, [baseline, candidate]) {
            guard let contradiction = figures.contradiction else { continue }
            throw SliceFailure(arm: arm.name, reason: contradiction, exitCode: nil)
        }
    }

    /// Takes metrics that were weighed elsewhere, once and for all.
    mutating func weigh(_ metrics: [MetricResult]) {
        self.metrics = metrics
        looks = [1]
    }

    /// What ended the measurement early: an interruption leaves what there is, a server's fault makes it invalid.
    ///
    /// - Throws: anything else, which is no server's.
    mutating func note(_ error: any Error) throws {
        switch error {
        case is SuiteInterruption:
            interrupted = true
            reasons.append("interrupted: this is what there was by then")
        case is SliceFailure, is ServerProcessError:
            failures.append(String(describing: error))
        default:
            throw error
        }
    }

    /// Whether more of it would not change the verdict.
    var isClear: Bool {
        guard verdict != .regression else { return true }
        // Where timing is only shown, what is shown gets the whole budget; so does a metric that was asked to decide.
        return timingDecides
            && metrics.filter(\.isDeciding).allSatisfy { $0.decision.isClear && $0.decision != .undecided }
    }

    /// Closes the books.
    mutating func conclude(after nanoseconds: UInt64) {
        durationNanoseconds = Int(clamping: nanoseconds)
        notes += Set(exact.flatMap(\.notes)).sorted()
        // Where there was no look, nothing timed is decided; what was counted is.
        if looks.isEmpty, exact.count == 2 { metrics = exactResults }
        verdict = GateVerdict(metrics, isInvalid: isInvalid)
        if interrupted, verdict == .pass || verdict == .improvement { verdict = .inconclusive }
        reasons = GateReasons(self).sentences + reasons
    }

    /// How the measurement goes, in a few words.
    var standing: String {
        let regressions = metrics.filter { $0.decision == .regression && $0.isDeciding }.count
        guard !looks.isEmpty else { return "no look yet" }
        return regressions > 0
            ? "\(regressions) worse" : "\(metrics.filter { $0.isDeciding && $0.decision.isClear }.count) clear"
    }

    package func toolExit(inconclusivePasses: Bool) -> ToolExit {
        interrupted
            ? .mostSevere([.failed, verdict.toolExit(inconclusivePasses: inconclusivePasses)])
            : verdict.toolExit(inconclusivePasses: inconclusivePasses)
    }

    private var isInvalid: Bool { !failures.isEmpty }

    /// Among how many the errors are divided.
    private var timedDecidingCount: Int {
        (timingDecides ? SliceMetric.all.filter { $0.metric.kind == .timing }.count : 0) + asked.count
    }

    private var exactResults: [MetricResult] { exactComparison?.results ?? [] }

    /// Nil where not both were counted.
    var exactComparison: ExactComparison? {
        guard exact.count == 2 else { return nil }
        return ExactComparison(
            baseline: exact[0], candidate: exact[1],
            again: exactAgain.count == 2 ? (exactAgain[0], exactAgain[1]) : nil)
    }
}
