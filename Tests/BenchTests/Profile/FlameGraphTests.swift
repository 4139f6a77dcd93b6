import Foundation
import FoundationXML
import Testing

@testable import Bench

@Suite("Flame graph")
struct FlameGraphTests {
    /// What an SVG says, found by a parser that is not ours.
    private final class Reader: NSObject, XMLParserDelegate {
        var titles: [String] = []
        var elements: [String: Int] = [:]
        var references: [String] = []
        var boxes: [(start: Int, count: Int, x: Double, y: Int, width: Double)] = []
        private var text = ""
        private var group: (start: Int, count: Int)?

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            text = ""
            elements[name, default: 0] += 1
            references += attributes.filter { ["href", "xlink:href", "src", "data"].contains($0.key) }.map(\.value)
            if let start = attributes["data-start"].flatMap(Int.init),
                let count = attributes["data-count"].flatMap(Int.init)
            {
                group = (start, count)
            }
            if name == "rect", let group, let x = attributes["x"].flatMap(Double.init),
                let y = attributes["y"].flatMap(Int.init), let width = attributes["width"].flatMap(Double.init)
            {
                boxes.append((group.start, group.count, x, y, width))
            }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            if name == "title" { titles.append(text) }
            if name == "g" { group = nil }
        }
    }

    private static func frame(_ name: String, _ kind: FlameFrame.Kind = .c) -> FlameFrame {
        FlameFrame(name: name, label: name, kind: kind)
    }

    private static var stacks: FoldedStacks {
        var stacks = FoldedStacks()
        let thread = frame("loop", .thread)
        stacks.add([thread, frame("main"), frame("send")], count: 60)
        stacks.add([thread, frame("main"), frame("receive")], count: 30)
        stacks.add([thread, frame("main")], count: 9)
        stacks.add([thread, frame("<odd> & \"quoted\" \u{1}")], count: 1)
        return stacks
    }

    @Test("samples with one same stack are one, the outermost frame first")
    func folding() {
        let stacks = FoldedStacks(PerfScript.samples(in: PerfScriptSample.text))
        #expect(stacks.sampleCount == 4)
        #expect(stacks.counts.count == 3)
        #expect(stacks.counts.values.max() == 2)
        #expect(
            stacks.counts.keys.allSatisfy { $0.first == Self.frame("broadside", .thread) && $0[1].name == "clone3" })
        #expect(stacks.share(of: .kernel) == 0.5)
        #expect(stacks.share(of: .swift) == 0.5)
        let lines = stacks.text().split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.filter { $0.hasPrefix("broadside;clone3;start_thread;") }.count == 3)
        #expect(lines.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +) == 4)
    }

    @Test("a box is as wide as its samples, and those above it fit")
    func layout() throws {
        let graph = FlameGraph(Self.stacks)
        #expect(graph.sampleCount == 100)
        #expect(graph.levelCount == 4)
        #expect(graph.boxes.map(\.count) == [100, 100, 1, 99, 30, 60])
        #expect(graph.boxes.map(\.level) == [0, 1, 2, 2, 3, 3])
        #expect(graph.boxes.map(\.start) == [0, 0, 0, 1, 1, 31])
    }

    @Test("in a recorded profile no boxes overlap and callees take no more than their caller")
    func nesting() {
        let graph = FlameGraph(FoldedStacks(PerfScript.samples(in: PerfScriptSample.text)))
        #expect(graph.levelCount == 22)
        for (level, boxes) in Dictionary(grouping: graph.boxes, by: \.level) {
            for (left, right) in zip(boxes, boxes.dropFirst()) { #expect(left.end <= right.start) }
            guard level > 0 else { continue }
            for box in boxes {
                let callers = graph.boxes.filter { $0.level == level - 1 && $0.start <= box.start && box.end <= $0.end }
                #expect(callers.count == 1)
            }
        }
    }

    @Test("the picture is well-formed, stands alone, and its widths are those of the samples")
    func picture() throws {
        let svg = FlameGraphSVG(graph: FlameGraph(Self.stacks), title: "a < b & c", subtitle: "100 samples").render()
        let reader = Reader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(reader.elements["svg"] == 1)
        #expect(reader.elements["script"] == 1)
        #expect(["image", "use", "link", "foreignObject", "iframe", "a"].allSatisfy { reader.elements[$0] == nil })
        #expect(reader.references.isEmpty)
        // One name of the language, which nothing fetches.
        let withoutNamespace = svg.replacing("http://www.w3.org/2000/svg", with: "")
        for external in ["http", "url(", "@import", "<!DOCTYPE"] { #expect(!withoutNamespace.contains(external)) }

        #expect(reader.boxes.count == 6)
        for box in reader.boxes {
            #expect(abs(box.width - 1180 * Double(box.count) / 100) < 0.01)
            #expect(abs(box.x - 10 - 1180 * Double(box.start) / 100) < 0.01)
            #expect(box.x + box.width <= 1190.01)
        }
        // Each level stands above the one that called it.
        #expect(Set(reader.boxes.map(\.y)).count == 4)
        #expect(reader.boxes.first { $0.count == 60 }.map { box in reader.boxes.allSatisfy { box.y <= $0.y } } == true)
        #expect(reader.titles.contains("send (60 samples, 60.00 %)"))
        #expect(reader.titles.contains("<odd> & \"quoted\"  (1 samples, 1.00 %)"))
    }

    @Test("boxes that nobody could see are left out")
    func narrow() {
        var stacks = FoldedStacks()
        stacks.add([Self.frame("wide")], count: 100_000)
        stacks.add([Self.frame("slender"), Self.frame("upper")], count: 10)
        let svg = FlameGraphSVG(graph: FlameGraph(stacks), title: "", subtitle: "").render()
        #expect(svg.contains("wide"))
        #expect(!svg.contains("slender"))
        #expect(!svg.contains("upper"))
    }

    @Test("a graph of nothing is still a picture")
    func empty() {
        let svg = FlameGraphSVG(graph: FlameGraph(FoldedStacks()), title: "t", subtitle: "s").render()
        #expect(XMLParser(data: Data(svg.utf8)).parse())
    }

    @Test(
        "labels are cut to their box",
        arguments: [(1000.0, "abcdef"), (40.0, "abcd…"), (30.0, "ab…"), (20.0, ""), (0, "")])
    func clipping(width: Double, label: String) {
        #expect(FlameGraphSVG.clipped("abcdef", to: width) == label)
    }
}
