/// A flame graph as one SVG file that needs nothing else: no fonts, styles, scripts or images from elsewhere.
///
/// In a browser a click on a box makes it as wide as the picture, a click on the lowest one shows everything again, and
/// the field at the top marks what matches a regular expression. As an image it is complete without its script.
struct FlameGraphSVG {
    static let widthPixels = 1200
    private static let margin = 10
    private static let rowPixels = 17
    private static let headPixels = 64
    private static let characterPixels = 6.6
    /// Narrower boxes are left out, with what is above them.
    private static let narrowestPixels = 0.3

    let graph: FlameGraph
    let title: String
    let subtitle: String

    func render() -> String {
        let height = Self.headPixels + graph.levelCount * Self.rowPixels + Self.margin
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(Self.widthPixels)" height="\#(height)""#
                + #" viewBox="0 0 \#(Self.widthPixels) \#(height)">"#,
            "<style>\(Self.style)</style>",
            #"<rect class="page" width="100%" height="100%"/>"#,
            #"<text class="title" x="\#(Self.margin)" y="24">\#(XMLText.escaped(title))</text>"#,
            #"<text class="note" x="\#(Self.margin)" y="42">\#(XMLText.escaped(subtitle))</text>"#,
            legend,
            #"<text class="note" id="search" x="\#(Self.widthPixels - Self.margin)" y="24" text-anchor="end">search</text>"#,
            #"<text class="note" id="found" x="\#(Self.widthPixels - Self.margin)" y="42" text-anchor="end"> </text>"#,
            #"<g id="boxes" data-samples="\#(graph.sampleCount)">"#,
        ]
        for box in graph.boxes where pixels(box.count) >= Self.narrowestPixels { lines.append(group(box)) }
        lines += ["</g>", "<script><![CDATA[\(script)]]></script>", "</svg>"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static let innerPixels = widthPixels - 2 * margin

    private var script: String {
        FlameGraphScript.text(
            marginPixels: Self.margin, innerPixels: Self.innerPixels, characterPixels: Self.characterPixels)
    }

    private func pixels(_ samples: Int) -> Double {
        Double(Self.innerPixels) * (graph.sampleCount == 0 ? 1 : Double(samples) / Double(graph.sampleCount))
    }

    private func group(_ box: FlameGraph.Box) -> String {
        let x = Double(Self.margin) + pixels(box.start)
        let width = pixels(box.count)
        let y = Self.headPixels + (graph.levelCount - 1 - box.level) * Self.rowPixels
        let share = graph.sampleCount == 0 ? 100 : 100 * Double(box.count) / Double(graph.sampleCount)
        let name = XMLText.escaped(box.frame.name)
        let label = XMLText.escaped(Self.clipped(box.frame.label, to: width))
        return #"<g class="\#(box.frame.kind.rawValue)" data-start="\#(box.start)" data-count="\#(box.count)""#
            + #" data-label="\#(XMLText.escaped(box.frame.label))">"#
            + "<title>\(name) (\(box.count) samples, \(Self.decimal(share, digits: 2)) %)</title>"
            + #"<rect x="\#(Self.decimal(x, digits: 2))" y="\#(y)" width="\#(Self.decimal(width, digits: 2))""#
            + #" height="\#(Self.rowPixels - 1)" rx="1"/>"#
            + #"<text x="\#(Self.decimal(x + 3, digits: 2))" y="\#(y + 12)">\#(label)</text></g>"#
    }

    private var legend: String {
        var x = Self.margin
        var parts: [String] = []
        for (kind, name) in [(FlameFrame.Kind.swift, "Swift"), (.c, "C"), (.kernel, "kernel"), (.unknown, "no symbol")]
        {
            parts.append(
                #"<g class="\#(kind.rawValue)"><rect x="\#(x)" y="48" width="10" height="10"/>"#
                    + #"<text x="\#(x + 14)" y="57">\#(name)</text></g>"#)
            x += 30 + name.count * 7
        }
        return parts.joined(separator: "\n")
    }

    /// What fits a box, with an ellipsis; nothing where not even two letters do.
    static func clipped(_ label: String, to widthPixels: Double) -> String {
        let room = Int((widthPixels - 6) / characterPixels)
        if label.count <= room { return label }
        return room < 3 ? "" : label.prefix(room - 1) + "…"
    }
    /// Not below 0.
    static func decimal(_ value: Double, digits: Int) -> String {
        let scale = digits == 2 ? 100.0 : 10.0
        let scaled = Int((value * scale).rounded())
        let whole = scaled / Int(scale)
        let rest = String(scaled % Int(scale))
        return "\(whole)." + String(repeating: "0", count: digits - rest.count) + rest
    }

    private static let style = """
        text { font: 11px ui-monospace, "DejaVu Sans Mono", monospace; fill: #222 }
        .title { font-size: 15px; font-weight: bold }
        .note { fill: #666 }
        #search { cursor: pointer }
        #boxes g { cursor: pointer }
        #boxes text { pointer-events: none }
        #boxes g:hover rect { stroke: #000; stroke-width: 1 }
        .page { fill: #fff }
        .swift rect { fill: #f2895c }
        .c rect { fill: #ecc94b }
        .kernel rect { fill: #7fb2e5 }
        .thread rect { fill: #d5d5d5 }
        .unknown rect { fill: #c3b1d9 }
        .match rect { fill: #d94fd3 }
        .faded { opacity: 0.45 }
        .hidden { display: none }
        """
}
