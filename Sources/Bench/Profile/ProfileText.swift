import LoadGen
import Recording

/// A profile as people read it, in ten seconds: costs, what goes together, stages, queues.
package struct ProfileText {
    private static let stageLabels = [
        "parsingNanoseconds": "received → submitted", "sequencingNanoseconds": "submitted → published",
        "queueingNanoseconds": "published → queued", "sendingNanoseconds": "queued → with the kernel",
        "totalNanoseconds": "the whole way",
    ]
    private static let queueLabels = [
        "framesPerRound": "frames", "waitingClients": "clients by themselves",
        "stalledClients": "clients with full sockets",
        "slowestBacklogBytes": "the slowest one's backlog",
    ]

    private let result: ProfileResult

    package init(_ result: ProfileResult) { self.result = result }

    package func render() -> String {
        var lines = [heading, ""]
        lines += costs
        lines += batching
        lines += table("stage of a message", result.stages, labels: Self.stageLabels) { HumanFormat.nanoseconds($0) }
        lines += table("each round", result.queues, labels: Self.queueLabels) { HumanFormat.count($0) }
        if let graph = result.flameGraph {
            lines.append(
                "samples     \(HumanFormat.count(graph.samples)): kernel \(percent(graph.kernelShare)), "
                    + "Swift \(percent(graph.swiftShare)), C \(percent(graph.cShare))")
        }
        lines += result.notes.map { "note        \($0)" }
        lines.append(verdict)
        return lines.joined(separator: "\n") + "\n"
    }

    private var heading: String {
        let plan = result.load.plan
        let pace = plan.inFlight.map { "\($0) in flight" } ?? plan.ratePerSecond.map { HumanFormat.rate($0) } ?? ""
        return "profile of \(result.url): \(plan.clients) clients, \(pace), \(HumanFormat.bytes(plan.messageBytes)), "
            + "\(HumanFormat.count(result.messages)) messages, \(HumanFormat.count(result.deliveries)) deliveries, "
            + HumanFormat.nanoseconds(result.durationNanoseconds)
    }

    private var costs: [String] {
        let message = result.perMessage
        let delivery = result.perDelivery
        let nanoseconds = { (value: Double) in HumanFormat.nanoseconds(value) }
        let figures: [(String, KeyPath<ProfileCosts, Double?>, (Double) -> String)] = [
            ("CPU", \.cpuNanoseconds, nanoseconds), ("  user space", \.cpuUserNanoseconds, nanoseconds),
            ("  kernel", \.cpuSystemNanoseconds, nanoseconds),
            ("kernel entries", \.kernelEntries, Self.decimal), ("sends", \.sends, Self.decimal),
            ("turns of the loop", \.turns, Self.decimal), ("allocations", \.allocations, Self.decimal),
            ("allocated bytes", \.allocatedBytes, Self.decimal),
        ]
        let rows = figures.compactMap { name, figure, format -> String? in
            guard let each = message?[keyPath: figure] else { return nil }
            return row([name, format(each), delivery?[keyPath: figure].map(format) ?? "-"])
        }
        return rows.isEmpty ? [] : [row(["", "a message", "a delivery"])] + rows + [""]
    }

    private var batching: [String] {
        var lines: [String] = []
        if let batching = result.batching {
            let parts = [
                batching.framesPerSend.map { "\(Self.decimal($0)) frames and" },
                batching.bytesPerSend.map { "\(HumanFormat.bytes(Int(exactly: $0.rounded()) ?? .max)) a send," },
                batching.deliveriesPerKernelEntry.map { "\(Self.decimal($0)) deliveries a kernel entry," },
                batching.messagesPerRound.map { "\(Self.decimal($0)) messages a round," },
                "\(HumanFormat.count(batching.stoppedSends)) sends cut short",
            ]
            lines.append("together    " + parts.compactMap { $0 }.joined(separator: " "))
        }
        if let check = result.systemCalls {
            let own = check.reported.map { ", \(HumanFormat.count($0)) by the server's own count" } ?? ""
            let perMessage = check.messages > 0 ? Double(check.outside) / Double(check.messages) : .nan
            lines.append(
                "calls       \(HumanFormat.count(check.outside)) by \(check.tool)\(own), for "
                    + "\(HumanFormat.count(check.messages)) messages: \(Self.decimal(perMessage)) a message")
        }
        return lines.isEmpty ? [] : lines + [""]
    }

    private func table(
        _ title: String, _ rows: [ProfileDistribution], labels: [String: String], format: (Int) -> String
    ) -> [String] {
        let recorded = rows.filter { $0.count > 0 }
        guard !recorded.isEmpty else { return [] }
        let cells = recorded.map { row in
            [labels[row.name] ?? row.name] + [row.p50, row.p99, row.max].map { $0.map(format) ?? "-" }
                + [HumanFormat.count(row.count)]
        }
        return [self.row([title, "p50", "p99", "max", "of"])] + cells.map(self.row) + [""]
    }

    private var verdict: String {
        if result.interrupted { return "verdict     interrupted" }
        let reasons = result.load.invalidReasons
        return reasons.isEmpty ? "verdict     valid" : "verdict     INVALID: " + reasons.joined(separator: "; ")
    }

    /// Three digits that mean something, `0` where there was nothing at all.
    private static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        if value >= 1000 { return HumanFormat.count(Int(exactly: value.rounded()) ?? .max) }
        let digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : value >= 0.1 ? 3 : 5
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((value * Double(scale)).rounded())
        if scaled == 0 { return value == 0 ? "0" : "< 0.00001" }
        guard digits > 0 else { return "\(scaled)" }
        let rest = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: digits - rest.count) + rest
    }

    private func percent(_ fraction: Double) -> String { "\(Int((fraction * 100).rounded())) %" }

    private func row(_ cells: [String]) -> String {
        var line = cells[0] + String(repeating: " ", count: max(0, 28 - cells[0].count))
        for cell in cells.dropFirst() { line += String(repeating: " ", count: max(1, 12 - cell.count)) + cell }
        return line
    }
}
