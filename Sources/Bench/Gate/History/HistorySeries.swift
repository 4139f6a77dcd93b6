import Glibc

/// One metric over the commits of a history.
///
/// What was measured is an index: the baseline of the first commit is 100, and each commit multiplies the index of
/// what it was compared with by its change. The machine may be another one from commit to commit, as each change was
/// measured on one; errors add up (`HistoryIndex`). What was counted is the count itself.
package struct HistorySeries: Equatable, Sendable {
    package let name: String
    package let kind: GateMetric.Kind
    package let better: GateMetric.Better
    package let unit: String
    /// Whether any verdict depended on it.
    package let isDeciding: Bool
    /// Of the commits that have a figure, in the order of the history.
    package let points: [HistoryPoint]
    package let steps: [HistoryStep]

    /// One for each metric that has a figure: measured and deciding ones, then counts, then what is only shown.
    package static func all(_ lines: [HistoryLine]) -> [HistorySeries] {
        var names: [String] = []
        for metric in lines.flatMap(\.metrics) where !names.contains(metric.name) { names.append(metric.name) }
        let series = names.compactMap { HistorySeries($0, lines) }
        return series.filter { $0.kind != .exact && $0.isDeciding } + series.filter { $0.kind == .exact }
            + series.filter { $0.kind != .exact && !$0.isDeciding }
    }

    private init?(_ name: String, _ lines: [HistoryLine]) {
        let found = lines.enumerated().compactMap { number, line in
            line.metrics.first { $0.name == name }.map { (number: number, line: line, metric: $0) }
        }
        guard let newest = found.last?.metric else { return nil }
        self.name = name
        kind = newest.kind
        better = newest.better
        unit = newest.unit
        isDeciding = found.contains { $0.metric.isDeciding }
        var points: [HistoryPoint] = []
        if kind == .exact {
            for (number, _, metric) in found {
                guard let value = metric.candidate, value.isFinite else { continue }
                points.append(HistoryPoint(line: number, value: value, interval: nil, band: nil, metric: metric))
            }
            steps = HistoryStep.steps(in: points.map { $0.metric.changePercent == nil ? nil : $0.value })
        } else {
            var index = HistoryIndex()
            for (number, line, metric) in found {
                let origin = index.origin(of: line.baselineCommit)
                guard let change = metric.changePercent, let logRatio = Self.logRatio(change),
                    Self.isShowable(origin + logRatio)
                else { continue }
                index.append(
                    commit: line.commit, baseline: line.baselineCommit, logRatio: logRatio,
                    standardError: metric.standardError.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil })
                points.append(
                    HistoryPoint(
                        line: number, value: Self.value(origin + logRatio),
                        interval: Self.interval(metric, from: origin),
                        band: Self.band(origin + logRatio, index.standardErrors.last ?? nil), metric: metric))
            }
            steps = HistoryStep.steps(in: index)
        }
        guard !points.isEmpty else { return nil }
        self.points = points
    }

    /// Of the standard error, for 95 % by the normal distribution.
    private static let bandErrors = 1.96

    private static func value(_ log: Double) -> Double { 100 * exp(log) }

    private static func logRatio(_ changePercent: Double) -> Double? {
        changePercent > -100 && changePercent.isFinite ? log1p(changePercent / 100) : nil
    }

    /// A millionth to a million times the beginning: more is no measurement.
    private static func isShowable(_ log: Double) -> Bool { abs(log) < 13.8 }

    private static func interval(_ metric: HistoryMetric, from origin: Double) -> ClosedRange<Double>? {
        guard let low = metric.low.flatMap(logRatio), let high = metric.high.flatMap(logRatio), low <= high,
            isShowable(origin + low), isShowable(origin + high)
        else { return nil }
        return value(origin + low)...value(origin + high)
    }

    private static func band(_ log: Double, _ standardError: Double?) -> ClosedRange<Double>? {
        guard let reach = standardError.map({ $0 * bandErrors }), isShowable(log - reach), isShowable(log + reach)
        else { return nil }
        return value(log - reach)...value(log + reach)
    }
}
