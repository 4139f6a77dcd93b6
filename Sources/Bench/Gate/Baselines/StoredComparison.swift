import Glibc
import Recording

/// One run beside those of a stored baseline.
///
/// Runs of one server at different times differ by what the machine does meanwhile, and a new one may lie anywhere among
/// them: so the bounds are those of a prediction for one more run (Student's distribution), which are wide. What is counted
/// is the same at any time.
struct StoredComparison {
    let baseline: StoredBaseline
    let run: BaselineRun
    let plan: GatePlan

    var metrics: [MetricResult] {
        let runs = baseline.runs(like: run.key)
        let timed = SliceMetric.all.map(\.metric) + ConnectionMetric.allCases.map(\.metric)
        let deciding = timed.filter { $0.kind == .timing }.count + plan.asked.count
        let tails = plan.errors.tails(from: 0, to: 1, metrics: deciding)
        let results = timed.map { result($0, runs, tails) }
        return results.filter { $0.kind == .timing } + counted + results.filter { $0.kind == .shown }
    }

    private var counted: [MetricResult] {
        guard let exact = baseline.exact(io: run.exact.io) else { return [] }
        return ExactComparison(baseline: exact, candidate: run.exact, again: nil).results
    }

    private func result(
        _ metric: GateMetric, _ runs: [BaselineRun], _ tails: (falseAlarm: Double, falseExclusion: Double)
    ) -> MetricResult {
        let figures = runs.compactMap { $0.figures[metric.name] }.filter { $0 > 0 }
        let isAsked = plan.asked.contains(metric.name)
        var result = MetricResult(
            metric, minimumEffect: plan.minimumEffect * 100,
            isDeciding: plan.timingDecides && metric.kind == .timing || isAsked, samples: figures.count)
        result.candidate = run.figures[metric.name]
        guard !runs.isEmpty else {
            result.decision = .incomparable
            return result
        }
        guard let candidate = result.candidate, candidate > 0, let spread = MeanAndError(figures.map { log($0) }) else {
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
