import LoadGen
import Recording

/// A run as people watch it: a few lines for a terminal, or one for a log.
///
/// Pure. No line is longer than the width, of which every character takes one column.
enum LiveView {
    private static let labelWidth = 12
    private static let barLimit = 40

    /// - Parameters:
    ///   - width: columns, at least 1.
    ///   - isColoured: with SGR sequences (ECMA-48 §8.3.117), which take no columns.
    static func lines(_ state: LiveState, width: Int, isColoured: Bool) -> [String] {
        let title = fitted(PlainText.oneLine(state.title), width)
        guard let progress = state.progress else { return [title] }
        var lines = [title, fitted(stage(progress, width), width), fitted(clients(progress), width)]
        guard progress.stage != .connecting else { return lines }
        lines.append(fitted(rates(progress, state.latest), width))
        lines.append(fitted(latency(state.latest, isSaturated: progress.isSaturated), width))
        lines.append(coloured(fitted(faults(progress), width), .red, isColoured && progress.lost > 0))
        lines.append(coloured(fitted(sparkline(state, width), width), .cyan, isColoured && !state.history.isEmpty))
        if let generator = progress.generator, !generator.reasons.isEmpty {
            let reasons = label("generator") + generator.reasons.joined(separator: "; ")
            lines.append(coloured(fitted(reasons, width), .yellow, isColoured))
        }
        return lines
    }

    /// For where no terminal is: without a line end.
    static func plainLine(_ progress: LoadProgress) -> String {
        let text = ProgressLine.text(progress)
        return progress.lost > 0 ? "\(text)  \(HumanFormat.count(progress.lost)) lost" : text
    }

    // MARK: Lines

    private static func stage(_ progress: LoadProgress, _ width: Int) -> String {
        switch progress.stage {
        case .connecting:
            let done = fraction(Double(progress.connected), of: Double(progress.clients))
            let share = HumanFormat.percent(done)
            return label("connecting") + bar(done, width - labelWidth - share.count - 2) + "  " + share
        case .warmup:
            return label("warming up")
        case .measuring:
            let elapsed = Double(progress.elapsedNanoseconds)
            let total = Double(progress.durationNanoseconds)
            let time = "\(HumanFormat.decimal(elapsed / 1e9, places: 1)) of \(HumanFormat.nanoseconds(total))"
            return label("measuring") + bar(fraction(elapsed, of: total), width - labelWidth - time.count - 2)
                + "  " + time
        case .grace:
            return label("waiting") + "for \(HumanFormat.count(progress.outstanding)) messages outstanding"
        case .resting, .closing:
            return label("closing")
        }
    }

    private static func clients(_ progress: LoadProgress) -> String {
        label("clients") + "\(HumanFormat.count(progress.connected)) of \(HumanFormat.count(progress.clients))"
            + optional(progress.failed, "not connected") + optional(progress.disconnected, "disconnected")
    }

    private static func rates(_ progress: LoadProgress, _ latest: IntervalRecord?) -> String {
        let bytes = latest?.bytesPerSecond.map { "  \(HumanFormat.bytes(Int($0)))/s" } ?? ""
        return label("rate") + padded("\(HumanFormat.rate(progress.publishedPerSecond)) published", 22)
            + "\(HumanFormat.rate(progress.deliveriesPerSecond)) deliveries\(bytes)"
    }

    /// - Parameter isSaturated: whether the generator may have caused it itself.
    private static func latency(_ latest: IntervalRecord?, isSaturated: Bool) -> String {
        let mark = isSaturated ? "!" : ""
        let figures: [(String, Int?)] = [
            ("p50", latest?.latencyP50Nanoseconds), ("p90", latest?.latencyP90Nanoseconds),
            ("p99", latest?.latencyP99Nanoseconds), ("max", latest?.latencyMaxNanoseconds),
        ]
        return label("latency")
            + figures.map { name, value in
                padded("\(name) \(value.map { HumanFormat.nanoseconds($0) + mark } ?? "-")", 14)
            }.joined()
    }

    private static func faults(_ progress: LoadProgress) -> String {
        label("lost") + "\(HumanFormat.count(progress.lost))" + optional(progress.duplicated, "duplicated")
            + optional(progress.reordered, "reordered")
            + ", \(HumanFormat.count(progress.outstanding)) messages outstanding"
    }

    private static func sparkline(_ state: LiveState, _ width: Int) -> String {
        let most = state.history.max().map { "  max \(HumanFormat.rate($0))" } ?? ""
        let room = min(LiveState.historyLimit, width - labelWidth - most.count)
        return label("deliveries") + Sparkline.text(state.history, width: room) + most
    }

    // MARK: Parts

    private enum Colour: Int {
        case red = 31
        case yellow = 33
        case cyan = 36
    }

    private static func coloured(_ text: String, _ colour: Colour, _ isColoured: Bool) -> String {
        isColoured ? "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m" : text
    }

    private static func label(_ text: String) -> String { padded(text, labelWidth) }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func optional(_ count: some BinaryInteger, _ what: String) -> String {
        count > 0 ? ", \(HumanFormat.count(count)) \(what)" : ""
    }

    private static func fraction(_ part: Double, of whole: Double) -> Double {
        whole > 0 ? min(1, max(0, part / whole)) : 0
    }

    /// Empty where there is no room for one.
    private static func bar(_ fraction: Double, _ room: Int) -> String {
        let width = min(barLimit, room)
        guard width >= 4 else { return "" }
        let filled = Int((fraction * Double(width)).rounded())
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    }

    /// Without blanks at the end, which would be drawn for nothing.
    private static func fitted(_ text: String, _ width: Int) -> String {
        var line = text.count > width ? String(text.prefix(max(0, width - 1))) + "…" : text
        while line.last == " " { line.removeLast() }
        return line
    }
}
