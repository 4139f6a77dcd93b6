import Recording

/// A metric's figures as people read them.
enum MetricText {
    /// `+1.2 %`, or `+1` for a count.
    static func change(_ metric: MetricResult) -> String {
        metric.changePercent.map { signed($0, metric) } ?? "n/a"
    }

    /// `-0.4 % to +2.8 %`.
    static func interval(_ metric: MetricResult) -> String {
        guard let low = metric.low, let high = metric.high else { return "no interval" }
        return low == high ? "exact" : "\(signed(low, metric)) to \(signed(high, metric))"
    }

    static func percent(_ value: Double) -> String { HumanFormat.decimal(value, places: 1) + " %" }

    /// An arm's own figure.
    static func figure(_ value: Double?, _ metric: MetricResult) -> String {
        value.map { figure($0, name: metric.name, kind: metric.kind) } ?? "n/a"
    }

    static func figure(_ value: Double, name: String, kind: GateMetric.Kind) -> String {
        guard kind != .exact else { return HumanFormat.decimal(value, places: value == value.rounded() ? 0 : 1) }
        switch name.prefix(while: { $0 != "." }) {
        case "deliveriesPerSecond", "connectRate": return HumanFormat.rate(value)
        case "memoryPerClient": return HumanFormat.bytes(Int(exactly: value.rounded()) ?? .max)
        default: return HumanFormat.nanoseconds(value)
        }
    }

    /// How much the change is, for a sentence that says in which direction.
    static func size(_ metric: MetricResult) -> String { metric.changePercent.map { percent(abs($0)) } ?? "n/a" }

    /// The bound on the bad side, turned so that + is worse.
    static func worstBound(_ metric: MetricResult) -> Double {
        (metric.better == .lower ? metric.high : metric.low.map { -$0 }) ?? .infinity
    }

    private static func signed(_ value: Double, _ metric: MetricResult) -> String {
        signed(value, isCount: metric.kind == .exact)
    }

    /// A change with its sign.
    static func signed(_ value: Double, isCount: Bool) -> String {
        let sign = value > 0 ? "+" : ""
        guard isCount else { return sign + percent(value) }
        return sign + HumanFormat.decimal(value, places: value == value.rounded() ? 0 : 1)
    }
}
