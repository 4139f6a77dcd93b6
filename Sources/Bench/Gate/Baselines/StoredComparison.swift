import Glibc
import Recording

/// One run beside those of a stored baseline.
///
/// Recordings of one server at different times differ by what the machine does meanwhile, and a new one may lie anywhere
/// among them: so the bounds are those of a prediction for one more (Student's distribution), which are wide. Runs of the
/// same recording are one value. What is counted is the same at any time.
struct StoredComparison {
    let baseline: StoredBaseline
    let run: BaselineRun
    /// Nil where the baseline has none to compare with.
    let exact: ExactComparison?
    let plan: GatePlan

    var metrics: [MetricResult] {
        let runs = baseline.runs(like: run.key)
        let timed = SliceMetric.all.map(\.metric) + ConnectionMetric.allCases.map(\.metric)
        let deciding = timed.filter { $0.kind == .timing }.count + plan.asked.count
        let tails = plan.errors.tails(from: 0, to: 1, metrics: deciding)
        let results = timed.map { result($0, runs, tails) }
        return results.filter { $0.kind == .timing } + (exact?.results ?? []) + results.filter { $0.kind == .shown }
    }

    private func result(
        _ metric: GateMetric, _ runs: [BaselineRun], _ tails: (falseAlarm: Double, falseExclusion: Double)
    ) -> MetricResult {
        let recordings = Dictionary(grouping: runs, by: \.recordedAt).values
        let figures = recordings.compactMap { runs in
            MeanAndError(runs.compactMap { $0.figures[metric.name] }.filter { $0 > 0 }.map { log($0) })?.mean
        }
        let isAsked = plan.asked.contains(metric.name)
        var result = MetricResult(
            metric, minimumEffect: plan.minimumEffect * 100,
            isDeciding: plan.timingDecides && metric.kind == .timing || isAsked, samples: figures.count)
        result.candidate = run.figures[metric.name]
        guard !runs.isEmpty else {
            if result.isDeciding { result.decision = .incomparable }
            return result
        }
        guard let candidate = result.candidate, candidate > 0, let spread = MeanAndError(figures) else {
            return result
        }
        result.baseline = exp(spread.mean)
        let change = log(candidate) - spread.mean
        result.changePercent = expm1(change) * 100
        guard figures.count >= GateLook.fewestPairs else { return result }
        result.bound(
            change: change, alarmReach: spread.predictionReach(upperTail: tails.falseAlarm),
            exclusionReach: spread.predictionReach(upperTail: tails.falseExclusion),
            errorForPower: spread.predictionError)
        return result
    }
}
