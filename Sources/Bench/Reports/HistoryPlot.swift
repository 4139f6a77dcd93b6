import Recording

/// A plot of one metric over the commits of a history, as SVG within a page: its colors are the page's.
struct HistoryPlot {
    private static let widthPixels = 640.0
    private static let heightPixels = 232.0
    private static let leftPixels = 58.0
    private static let rightPixels = 14.0
    private static let topPixels = 34.0
    private static let bottomPixels = 40.0
    private static let mostLabels = 5.0
    /// Of an index.
    private static let leastSpan = 4.0

    private let series: HistorySeries
    private let lines: [HistoryLine]
    private let axis: HistoryAxis

    init(_ series: HistorySeries, _ lines: [HistoryLine]) {
        self.series = series
        self.lines = lines
        let isCount = series.kind == .exact
        let values = series.points.flatMap { point in
            [point.value]
                + [point.interval, point.band].flatMap { range in range.map { [$0.lowerBound, $0.upperBound] } ?? [] }
        }
        axis = HistoryAxis(
            values + (isCount ? [] : [100]), leastSpan: isCount ? 2 : Self.leastSpan, isCount: isCount)
    }

    func markup() -> [String] {
        [
            #"<svg class="plot" viewBox="0 0 \#(Self.pixels(Self.widthPixels)) \#(Self.pixels(Self.heightPixels))" role="img""#
                + #" aria-label="\#(XMLText.escaped(series.name)) over \#(series.points.count) commits">"#
        ] + grid + commitLabels + band + [trend] + steps + series.points.map(point) + ["</svg>"]
    }

    /// What a point looks like, about 0, 0: a triangle that points to where it went, a circle for all others.
    static func mark(_ decision: MetricDecision, x: Double, y: Double, isUp: Bool) -> String {
        let reach = isUp ? -1.0 : 1.0
        let triangle = { (x: Double, y: Double) in
            "M\(pixels(x)) \(pixels(y + 5 * reach))L\(pixels(x + 4.6)) \(pixels(y - 3.6 * reach))H\(pixels(x - 4.6))Z"
        }
        switch decision {
        case .regression, .improvement:
            return #"<path class="mark \#(decision.rawValue)" d="\#(triangle(x, y))"/>"#
        case .pass, .inconclusive, .undecided, .incomparable:
            return #"<circle class="mark \#(decision.rawValue)" cx="\#(pixels(x))" cy="\#(pixels(y))" r="3"/>"#
        }
    }

    private var grid: [String] {
        axis.ticks.flatMap { tick in
            let y = Self.pixels(y(tick))
            let (left, right) = (Self.pixels(Self.leftPixels), Self.pixels(Self.widthPixels - Self.rightPixels))
            let kind = series.kind != .exact && tick == 100 ? "reference" : "grid"
            return [
                #"<line class="\#(kind)" x1="\#(left)" x2="\#(right)" y1="\#(y)" y2="\#(y)"/>"#,
                #"<text x="\#(Self.pixels(Self.leftPixels - 8))" y="\#(Self.pixels(self.y(tick) + 4))" text-anchor="end">"#
                    + "\(axis.label(tick))</text>",
            ]
        }
    }

    /// Commits and days below the plot, as many as there is room for, the newest among them.
    private var commitLabels: [String] {
        let distance = max(1, Int((Double(lines.count) / Self.mostLabels).rounded(.up)))
        return stride(from: lines.count - 1, through: 0, by: -distance).flatMap { number in
            let x = x(number)
            let anchor = x > Self.widthPixels - 50 ? "end" : x < Self.leftPixels + 30 ? "start" : "middle"
            let place = anchor == "end" ? Self.widthPixels - Self.rightPixels : anchor == "start" ? Self.leftPixels : x
            return [lines[number].shortCommit, String(lines[number].shortDate.prefix(10))].enumerated().map {
                row, text in
                #"<text x="\#(Self.pixels(place))" y="\#(Self.pixels(Self.heightPixels - 22 + 14 * Double(row)))""#
                    + #" text-anchor="\#(anchor)">\#(XMLText.escaped(text))</text>"#
            }
        }
    }

    private var trend: String {
        let isCount = series.kind == .exact
        var path = ""
        for point in series.points {
            let place = "\(Self.pixels(x(point.line))) \(Self.pixels(y(point.value)))"
            // A count stays what it is until it is another one.
            path += path.isEmpty ? "M\(place)" : isCount ? "H\(Self.pixels(x(point.line)))L\(place)" : "L\(place)"
        }
        return #"<path class="trend" d="\#(path)"/>"#
    }

    private var band: [String] {
        let known = series.points.compactMap { point in point.band.map { (x: x(point.line), band: $0) } }
        guard known.count > 1 else { return [] }
        let corners =
            known.map { "\(Self.pixels($0.x)),\(Self.pixels(y($0.band.upperBound)))" }
            + known.reversed().map { "\(Self.pixels($0.x)),\(Self.pixels(y($0.band.lowerBound)))" }
        return [#"<polygon class="band" points="\#(corners.joined(separator: " "))"/>"#]
    }

    private var steps: [String] {
        var lastEnd = -Double.infinity
        var row = 0.0
        return series.steps.map { step in
            let point = series.points[step.point]
            let x = (x(max(0, point.line - 1)) + x(point.line)) / 2
            let line = lines[point.line]
            let label = "\(MetricText.signed(step.change, isCount: series.kind == .exact)) \(line.shortCommit)"
            let width = Double(label.count) * 6.6
            let isLeft = x + width > Self.widthPixels - Self.rightPixels
            // Labels that would touch go to the second row.
            row = (isLeft ? x - width : x) < lastEnd ? 1 - row : 0
            lastEnd = isLeft ? x : x + width
            return
                #"<g class="step"><title>\#(XMLText.escaped("\(label), \(line.shortDate): a new level begins"))</title>"#
                + #"<line x1="\#(Self.pixels(x))" x2="\#(Self.pixels(x))" y1="\#(Self.pixels(4 + 12 * row))""#
                + #" y2="\#(Self.pixels(Self.heightPixels - Self.bottomPixels))"/>"#
                + #"<text x="\#(Self.pixels(x + (isLeft ? -5 : 5)))" y="\#(Self.pixels(13 + 12 * row))""#
                + #" text-anchor="\#(isLeft ? "end" : "start")">\#(XMLText.escaped(label))</text></g>"#
        }
    }

    private func point(_ point: HistoryPoint) -> String {
        let metric = point.metric
        let line = lines[point.line]
        let x = x(point.line)
        var whisker = ""
        if let interval = point.interval {
            whisker =
                #"<line class="whisker \#(metric.decision.rawValue)" x1="\#(Self.pixels(x))" x2="\#(Self.pixels(x))""#
                + #" y1="\#(Self.pixels(y(interval.upperBound)))" y2="\#(Self.pixels(y(interval.lowerBound)))"/>"#
        }
        let isUp = (metric.decision == .regression) == (metric.better == .lower)
        return #"<g class="point"><title>\#(XMLText.escaped(title(point, line)))</title>"# + whisker
            + Self.mark(metric.decision, x: x, y: y(point.value), isUp: isUp) + "</g>"
    }

    private func title(_ point: HistoryPoint, _ line: HistoryLine) -> String {
        let metric = point.metric
        let isCount = metric.kind == .exact
        var parts = ["\(line.shortCommit), \(line.shortDate)"]
        if let low = metric.low, let high = metric.high, low != high {
            let bounds = [low, high].map { MetricText.signed($0, isCount: isCount) }
            parts.append("\(metric.changeText) (\(bounds[0]) to \(bounds[1])): \(metric.decision.rawValue)")
        } else {
            parts.append("\(metric.changeText): \(metric.decision.rawValue)")
        }
        parts.append(
            isCount
                ? "\(axis.label(point.value)) \(metric.unit)" : "index \(HumanFormat.decimal(point.value, places: 1))")
        if !isCount, let figure = metric.candidate {
            parts.append("measured \(MetricText.figure(figure, name: metric.name, kind: metric.kind))")
        }
        parts.append("the commit's verdict: \(line.verdict.rawValue)")
        return parts.joined(separator: "; ")
    }

    private func x(_ line: Int) -> Double {
        let first = Self.leftPixels + 10
        let width = Self.widthPixels - Self.rightPixels - 10 - first
        return lines.count > 1 ? first + width * Double(line) / Double(lines.count - 1) : first + width / 2
    }

    private func y(_ value: Double) -> Double {
        let height = Self.heightPixels - Self.topPixels - Self.bottomPixels
        return Self.topPixels + height * (1 - axis.share(value))
    }

    private static func pixels(_ value: Double) -> String {
        value == value.rounded() ? HumanFormat.decimal(value, places: 0) : HumanFormat.decimal(value, places: 1)
    }
}
