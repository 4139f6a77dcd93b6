import Recording

/// Why a verdict is what it is, in sentences for people who have not read how a gate works.
struct GateReasons {
    let sentences: [String]

    init(_ result: GateResult) {
        let deciding = result.metrics.filter(\.isDeciding)
        let of = { (decision: MetricDecision) in deciding.filter { $0.decision == decision } }
        sentences =
            switch result.verdict {
            case .invalid: result.failures.map { "the measurement is invalid: \($0)" }
            case .regression: of(.regression).map(Self.regression)
            case .inconclusive: Self.inconclusive(result, of(.inconclusive))
            case .incomparable: ["the baseline was recorded on another machine or with another interface to the kernel"]
            case .improvement: of(.improvement).map(Self.improvement)
            case .pass: [Self.pass(deciding)]
            }
    }

    private static func regression(_ metric: MetricResult) -> String {
        guard metric.kind != .exact else {
            return "\(metric.name): \(MetricText.figure(metric.baseline, metric)) before, "
                + "\(MetricText.figure(metric.candidate, metric)) now (\(metric.unit)), in every round"
        }
        return "\(metric.name) is worse by \(MetricText.size(metric)) (\(MetricText.interval(metric))), and "
            + "\(MetricText.percent(metric.minimumEffect)) is what counts"
    }

    private static func improvement(_ metric: MetricResult) -> String {
        guard metric.kind != .exact else {
            return "\(metric.name): \(MetricText.figure(metric.baseline, metric)) before, "
                + "\(MetricText.figure(metric.candidate, metric)) now (\(metric.unit))"
        }
        return "\(metric.name) is better by \(MetricText.size(metric)) (\(MetricText.interval(metric)))"
    }

    private static func pass(_ deciding: [MetricResult]) -> String {
        // One that was asked for may be undecided: of that nothing is excluded.
        let timed = deciding.filter { $0.kind != .exact && $0.decision == .pass }
        let counted = deciding.filter { $0.kind == .exact && $0.decision == .pass }
        var parts: [String] = []
        if let worst = timed.max(by: { MetricText.worstBound($0) < MetricText.worstBound($1) }) {
            parts.append(
                "no timing is worse by \(MetricText.percent(worst.minimumEffect)) or more (at most "
                    + "\(MetricText.percent(MetricText.worstBound(worst))): \(worst.name))")
        }
        if !counted.isEmpty {
            parts.append("\(counted.map(\.name).joined(separator: ", ")) are the same in every round")
        }
        return parts.joined(separator: "; ")
    }

    private static func inconclusive(_ result: GateResult, _ open: [MetricResult]) -> [String] {
        guard !result.looks.isEmpty else {
            return result.interrupted ? [] : ["the budget was over before there was anything to weigh: give it more"]
        }
        let setAside = result.sets.reduce(0) { $0 + $1.pairsSetAside }
        let pairs = result.sets.reduce(0) { $0 + $1.pairs }
        var sentences = open.map { metric -> String in
            guard metric.kind != .exact else {
                return "\(metric.name) is not the same in every round or every process, so that it cannot be compared"
            }
            guard let effect = metric.smallestDetectableEffect, effect.isFinite else {
                return result.sets.isEmpty
                    ? "\(metric.name) has \(metric.samples) recordings of this machine to compare with: it takes "
                        + "\(GateLook.fewestPairs), best on different days"
                    : "\(metric.name) has \(metric.samples) pairs of processes that were not disturbed, of "
                        + "\(result.sets.count): too few"
            }
            return "\(metric.name) is \(MetricText.change(metric)) (\(MetricText.interval(metric))): neither "
                + "\(MetricText.percent(metric.minimumEffect)) nor nothing is excluded; "
                + "\(MetricText.percent(effect)) is the smallest change that this run could have told"
        }
        if open.isEmpty, !result.interrupted { sentences.append("there is nothing to decide by") }
        if pairs > 0, setAside * 4 > pairs {
            sentences.append(
                "\(HumanFormat.percent(Double(setAside) / Double(pairs))) of the slices were set aside, since something "
                    + "else used the cores")
        }
        return sentences
    }
}
