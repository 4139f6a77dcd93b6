import Recording

/// The counts of two servers beside each other.
struct ExactComparison {
    let baseline: ExactFigures
    let candidate: ExactFigures
    /// The same of other processes, where the first ones differed.
    let again: (baseline: ExactFigures, candidate: ExactFigures)?

    /// Every count that the baseline has: one that only the candidate has is new, one that it has no more leaves the verdict
    /// open.
    var results: [MetricResult] { ExactCount.allCases.compactMap(result) }

    private func result(_ count: ExactCount) -> MetricResult? {
        let metric = count.metric
        guard let before = baseline[count] else { return nil }
        var result = MetricResult(metric, minimumEffect: 1, isDeciding: true, samples: baseline.rounds)
        result.baseline = before.exactValue ?? before.typicalValue
        guard let after = candidate[count] else { return result }
        result.candidate = after.exactValue ?? after.typicalValue
        guard baseline.io == candidate.io || count == .copiedBytes || count == .appendedBytes else {
            result.decision = .incomparable
            return result
        }
        guard let difference = Self.difference(before, after), difference == 0 || isConfirmed(difference, count) else {
            // Not the same in every round and every process: with a server that only the kernel can tell of, and that may
            // collect garbage at any time, nothing to count on; with one that reports it itself, an open question.
            let isReported = baseline.counts[count.rawValue] != nil && candidate.counts[count.rawValue] != nil
            result.isDeciding = isReported
            result.isRequired = isReported
            result.decision = isReported ? .inconclusive : .undecided
            return result
        }
        result.changePercent = difference
        result.low = difference
        result.high = difference
        result.smallestDetectableEffect = 1
        result.decision = MetricDecision(low: difference, high: difference, minimumEffect: 1)
        return result
    }

    /// Whether other processes show the same difference.
    private func isConfirmed(_ difference: Double, _ count: ExactCount) -> Bool {
        Self.difference(again?.baseline[count], again?.candidate[count]) == difference
    }

    private static func difference(_ before: RoundCounts?, _ after: RoundCounts?) -> Double? {
        guard let before = before?.exactValue, let after = after?.exactValue else { return nil }
        return after - before
    }
}

extension ExactFigures {
    /// Whether any count is another one.
    func differs(from other: ExactFigures) -> Bool {
        ExactCount.allCases.contains { count in
            guard let own = self[count]?.exactValue, let others = other[count]?.exactValue else { return false }
            return own != others
        }
    }
}
