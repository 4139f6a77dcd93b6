import LoadGen
import Recording

/// A run's result as people read it: what was asked, what came back, what it took, and last whether it can be believed,
/// where a terminal shows it above the next prompt.
package enum RunText {
    private static let labelWidth = 12
    private static let errorLimit = 5

    /// What was asked for, in one line.
    package static func title(_ plan: RunPlanRecord) -> String {
        let publishers = plan.publishers == 1 ? "1 publisher" : "\(HumanFormat.count(plan.publishers)) publishers"
        let parts = [
            plan.clients == 1 ? "1 client" : "\(HumanFormat.count(plan.clients)) clients",
            plan.publishers > 0 ? publishers : nil, pace(plan),
            plan.publishers > 0 ? HumanFormat.bytes(plan.messageBytes) : nil,
        ]
        return "\(plan.mode) \(plan.url)  " + parts.compactMap { $0 }.joined(separator: ", ")
    }

    package static func render(_ result: RunResult) -> String {
        var lines = ["\(title(result.plan)), \(HumanFormat.nanoseconds(result.durationNanoseconds))", ""]
        lines += counts(result)
        let latencies = latencies(result)
        if !latencies.isEmpty { lines += [""] + latencies }
        lines += ["", label("cost") + costs(result)]
        if let line = generatorLine(result) { lines.append(label("generator") + line) }
        lines += errors(result)
        lines += thresholds(result)
        lines += verdict(result)
        return lines.joined(separator: "\n") + "\n"
    }

    /// One line a second, for spreadsheets. Each ends with the run's verdict, since it is read without the summary.
    package static func csv(_ result: RunResult) -> String {
        IntervalTable.header(tagged: "generator")
            + result.intervals.map { IntervalTable.row($0, tag: result.generator.verdict.rawValue) }.joined()
    }

    // MARK: What came back

    private static func counts(_ result: RunResult) -> [String] {
        let clients = result.clients
        let messages = result.messages
        let deliveries = result.deliveries
        let rates = result.rates
        let rows: [(name: String, count: String, rates: [String])] = [
            (
                "clients",
                "\(HumanFormat.count(clients.connected)) of \(HumanFormat.count(clients.requested)) connected", []
            ),
            (
                "messages",
                "\(HumanFormat.count(messages.published)) of \(HumanFormat.count(messages.intended)) published",
                [HumanFormat.rate(rates.publishedPerSecond)]
            ),
            (
                "deliveries",
                "\(HumanFormat.count(deliveries.received)) of \(HumanFormat.count(deliveries.expected)) received",
                [HumanFormat.rate(rates.deliveriesPerSecond), "\(HumanFormat.bytes(Int(rates.bytesPerSecond)))/s"]
            ),
        ]
        let width = rows.reduce(0) { max($0, $1.count.count) }
        let lines = rows.map { row -> String in
            guard !row.rates.isEmpty else { return label(row.name) + row.count }
            return label(row.name) + row.count + String(repeating: " ", count: width - row.count.count)
                + row.rates.map { aligned($0, 14) }.joined()
        }
        return lines + behaviour(clients) + [label("faults") + faults(result)]
    }

    private static func faults(_ result: RunResult) -> String {
        let counts = [
            (result.clients.failed, "clients not connected"), (result.clients.disconnected, "disconnected"),
            (result.deliveries.lost, "lost"), (result.deliveries.duplicated, "duplicated"),
            (result.deliveries.reordered, "reordered"),
        ]
        let found = counts.filter { $0.0 > 0 }.map { "\(HumanFormat.count($0.0)) \($0.1)" }
        return found.isEmpty ? "none" : found.joined(separator: ", ")
    }

    private static func latencies(_ result: RunResult) -> [String] {
        let rows = [
            ("latency", result.latency), ("service", result.serviceLatency), ("completion", result.completion),
            ("spread", result.spread), ("handshake", result.handshake), ("reconnect", result.reconnect ?? .empty),
        ].filter { $0.1.count > 0 }
        guard !rows.isEmpty else { return [] }
        return [row("", ["p50", "p90", "p99", "p99.9", "max"])]
            + rows.map { name, summary in
                let figures = [
                    summary.p50Nanoseconds, summary.p90Nanoseconds, summary.p99Nanoseconds, summary.p999Nanoseconds,
                    summary.maxNanoseconds,
                ]
                return row(name, figures.map { $0.map { HumanFormat.nanoseconds($0) } ?? "-" }) + mark(result)
            }
    }

    // MARK: What it took

    private static func pace(_ plan: RunPlanRecord) -> String {
        if let rate = plan.ratePerSecond { return "\(HumanFormat.rate(rate)) open loop" }
        if let inFlight = plan.inFlight { return "\(inFlight) in flight" }
        if let stages = plan.stages { return "stages \(stages.joined(separator: " ")) open loop" }
        return "nothing published"
    }

    private static func costs(_ result: RunResult) -> String {
        var parts = ["generator \(HumanFormat.percent(result.generator.busyFraction)) of a core"]
        if result.generator.receiveModerationNanoseconds > 0 {
            parts[0] += " (reading every \(HumanFormat.nanoseconds(result.generator.receiveModerationNanoseconds)))"
        }
        if let server = result.server {
            if let busy = server.busyFraction { parts.append("server \(HumanFormat.percent(busy)) of a core") }
            if let cost = server.cpuNanosecondsPerDelivery {
                parts.append("\(HumanFormat.nanoseconds(cost)) a delivery")
            }
            if let resident = server.residentBytes { parts.append("\(HumanFormat.bytes(resident)) resident") }
        }
        return parts.joined(separator: ", ")
    }

    /// The commonest kinds, by name where two are as common.
    private static func errors(_ result: RunResult) -> [String] {
        let kinds = result.errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let lines = kinds.prefix(errorLimit).map { kind, count in
            label("error") + "\(HumanFormat.count(count)) × \(PlainText.oneLine(kind))"
        }
        guard kinds.count > errorLimit else { return lines }
        return lines + [label("") + "and \(kinds.count - errorLimit) kinds more"]
    }

    // MARK: Whether it will do

    private static func thresholds(_ result: RunResult) -> [String] {
        result.thresholds.map { outcome in
            let isDuration = (try? Threshold(parsing: outcome.expression))?.isDuration ?? false
            let found = outcome.value.map { isDuration ? HumanFormat.nanoseconds($0) : number($0) } ?? "no figure"
            let start = outcome.worstWindowStartNanoseconds.map { ", worst from second \($0 / 1_000_000_000) on" } ?? ""
            let met = outcome.passed ? "met      " : "NOT MET  "
            return label("threshold") + met + "\(outcome.expression): \(found)\(start)\(mark(result))"
        }
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map { HumanFormat.count($0) } ?? HumanFormat.decimal(value, places: 2)
    }

    private static func verdict(_ result: RunResult) -> [String] {
        if result.interrupted {
            return [label("verdict") + "interrupted: the figures are those of the part that was measured"]
        }
        let reasons = result.invalidReasons
        guard let first = reasons.first else {
            let bound = result.rates.generatorBound ? " (the generator set the pace)" : ""
            return [label("verdict") + "valid" + bound]
        }
        let further = reasons.dropFirst().map { label("") + "         \($0)" }
        return [label("verdict") + "INVALID: \(first)"] + further
    }

    /// In one line why the run is not as it should be; nil where it is.
    package static func complaint(_ result: RunResult) -> String? {
        if result.interrupted { return "interrupted" }
        let reasons = result.invalidReasons
        guard reasons.isEmpty else { return "invalid: " + reasons.joined(separator: "; ") }
        let missed = result.thresholds.filter { !$0.passed }.map(\.expression)
        return missed.isEmpty ? nil : "not met: " + missed.joined(separator: "; ")
    }

    // MARK: Parts

    static func label(_ text: String) -> String {
        text + String(repeating: " ", count: max(0, labelWidth - text.count))
    }

    private static func aligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        label(name) + cells.map { aligned($0, 10) }.joined()
    }
}
