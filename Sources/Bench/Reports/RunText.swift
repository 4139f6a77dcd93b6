import LoadGen
import Recording

/// A run's result as people read it: what was asked, what came back, whether it can be believed.
package enum RunText {
    package static func render(_ result: RunResult) -> String {
        var lines: [String] = []
        let plan = result.plan
        lines.append(
            "\(plan.mode) \(plan.url)  \(plan.clients) clients, \(pace(plan)), "
                + "\(HumanFormat.bytes(plan.messageBytes)), \(HumanFormat.nanoseconds(result.durationNanoseconds))")
        lines.append("")
        lines.append(
            "clients     \(result.clients.connected) of \(result.clients.requested) connected"
                + optional(result.clients.failed, "failed") + optional(result.clients.disconnected, "disconnected"))
        lines.append(
            "messages    \(HumanFormat.count(result.messages.published)) published "
                + "of \(HumanFormat.count(result.messages.intended)), \(HumanFormat.rate(result.rates.publishedPerSecond))"
        )
        let deliveries = result.deliveries
        lines.append(
            "deliveries  \(HumanFormat.count(deliveries.received)) "
                + "of \(HumanFormat.count(deliveries.expected)), \(HumanFormat.rate(result.rates.deliveriesPerSecond)), "
                + "\(HumanFormat.bytes(Int(result.rates.bytesPerSecond)))/s"
                + optional(deliveries.lost, "lost") + optional(deliveries.duplicated, "duplicated")
                + optional(deliveries.reordered, "reordered"))
        lines.append("")
        lines.append(row(["", "p50", "p90", "p99", "p99.9", "max"]))
        for (name, summary) in [
            ("latency", result.latency), ("service", result.serviceLatency), ("completion", result.completion),
            ("spread", result.spread), ("handshake", result.handshake),
        ] where summary.count > 0 {
            let figures = [
                summary.p50Nanoseconds, summary.p90Nanoseconds, summary.p99Nanoseconds, summary.p999Nanoseconds,
                summary.maxNanoseconds,
            ]
            lines.append(row([name] + figures.map { $0.map { HumanFormat.nanoseconds($0) } ?? "-" }))
        }
        lines.append("")
        lines.append(costs(result))
        for (kind, count) in result.errors.sorted(by: { $0.value > $1.value }) {
            lines.append("error       \(count) × \(kind)")
        }
        for outcome in result.thresholds {
            lines.append("threshold   \(outcome.expression): \(outcome.passed ? "met" : "NOT MET")")
        }
        lines.append(verdict(result))
        return lines.joined(separator: "\n") + "\n"
    }

    /// One line a second, for spreadsheets.
    package static func csv(_ result: RunResult) -> String {
        var lines = ["second,published,received,latencyP50Nanoseconds,latencyP99Nanoseconds,connected"]
        for interval in result.intervals {
            let p50 = interval.latencyP50Nanoseconds.map(String.init) ?? ""
            let p99 = interval.latencyP99Nanoseconds.map(String.init) ?? ""
            lines.append(
                "\(interval.second),\(interval.published),\(interval.received),\(p50),\(p99),\(interval.connected)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func pace(_ plan: RunPlanRecord) -> String {
        if let rate = plan.ratePerSecond { return "\(HumanFormat.rate(rate)) open loop" }
        if let inFlight = plan.inFlight { return "\(inFlight) in flight" }
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
        return "cost        " + parts.joined(separator: ", ")
    }

    private static func verdict(_ result: RunResult) -> String {
        if result.interrupted { return "verdict     interrupted" }
        let reasons = result.invalidReasons
        guard reasons.isEmpty else { return "verdict     INVALID: " + reasons.joined(separator: "; ") }
        let bound = result.rates.generatorBound ? " (the generator set the pace)" : ""
        return "verdict     valid\(bound)"
    }

    private static func optional(_ count: Int, _ what: String) -> String {
        count > 0 ? ", \(HumanFormat.count(count)) \(what)" : ""
    }

    private static func row(_ cells: [String]) -> String {
        var line = cells[0] + String(repeating: " ", count: max(0, 12 - cells[0].count))
        for cell in cells.dropFirst() { line += String(repeating: " ", count: max(1, 10 - cell.count)) + cell }
        return line
    }
}
