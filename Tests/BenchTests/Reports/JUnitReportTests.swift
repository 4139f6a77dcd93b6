import Foundation
import FoundationXML
import Testing

@testable import Bench

@Suite("JUnitReport")
struct JUnitReportTests {
    /// What a parser of another maker makes of it.
    private final class Reader: NSObject, XMLParserDelegate {
        struct Case: Equatable {
            let name: String
            var kind = ""
            var message = ""
        }

        private(set) var cases: [Case] = []
        private(set) var suite: [String: String] = [:]

        init(_ xml: String) throws {
            super.init()
            let parser = XMLParser(data: Data(xml.utf8))
            parser.delegate = self
            try #require(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            switch name {
            case "testsuite": suite = attributes
            case "testcase": cases.append(Case(name: attributes["name"] ?? ""))
            case "failure", "error", "skipped":
                cases[cases.count - 1].kind = name
                cases[cases.count - 1].message = attributes["message"] ?? ""
            default: break
            }
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            guard !cases.isEmpty, text.contains(where: { !$0.isWhitespace }) else { return }
            cases[cases.count - 1].message += text
        }
    }

    private static func read(_ result: GateResult, inconclusivePasses: Bool = false) throws -> Reader {
        try Reader(JUnitReport(result, inconclusivePasses: inconclusivePasses).xml())
    }

    @Test("a case for the verdict and one for each metric")
    func golden() {
        var result = GateReportTests.sample()
        result.metrics = Array(result.metrics.prefix(3))
        #expect(
            JUnitReport(result, inconclusivePasses: false).xml() == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites>
                  <testsuite name="broadside gate" tests="4" failures="2" errors="0" skipped="1" time="27.500" timestamp="2026-11-23T12:00:00.000Z">
                    <testcase classname="broadside.gate" name="verdict"><failure message="regression: cpu.inFlight1 is worse"/></testcase>
                    <testcase classname="broadside.gate" name="cpu.inFlight1"><failure message="+5.0 % (+3.5 % to +6.2 %)"/></testcase>
                    <testcase classname="broadside.gate" name="sends"><system-out>0 (exact)</system-out></testcase>
                    <testcase classname="broadside.gate" name="connectRate"><skipped message="only shown: n/a (no interval)"/></testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test("a decision becomes what a CI system shows as such; what could not be decided is no pass")
    func decisions() throws {
        var result = SampleGate.result()
        let decisions: [MetricDecision] = [
            .pass, .improvement, .regression, .inconclusive, .undecided, .incomparable,
        ]
        result.metrics = decisions.map { SampleGate.metric($0.rawValue, $0) }
        result.metrics.append(SampleGate.metric("shown", .regression, isDeciding: false))
        let reader = try Self.read(result)
        #expect(
            reader.cases.dropFirst().map(\.kind) == ["", "", "failure", "skipped", "skipped", "skipped", "skipped"])
        #expect(reader.suite["tests"] == "8")
        #expect(reader.suite["failures"] == "1")
        #expect(reader.suite["errors"] == "1")
        #expect(reader.suite["skipped"] == "4")
    }

    @Test(
        "the verdict's case fails wherever the exit code is not 0", arguments: GateVerdict.allCases, [false, true])
    func verdict(verdict: GateVerdict, inconclusivePasses: Bool) throws {
        var result = SampleGate.result()
        result.verdict = verdict
        let test = try #require(try Self.read(result, inconclusivePasses: inconclusivePasses).cases.first)
        #expect(test.name == "verdict")
        let passes = result.toolExit(inconclusivePasses: inconclusivePasses) == .pass
        #expect(test.kind.isEmpty == passes)
        #expect((test.kind == "failure") == (verdict == .regression))
        #expect(test.message.hasPrefix("\(verdict.rawValue): "))
    }

    @Test("an interrupted gate is an error, whatever it had by then")
    func interrupted() throws {
        var result = SampleGate.result()
        result.verdict = .regression
        result.interrupted = true
        #expect(try Self.read(result).cases.first?.kind == "error")
    }

    @Test("text is what it was after another maker's parser has read it")
    func hostile() throws {
        let text = "\"/><failure>&amp; ]]> 'x' <!-- \u{1F600}é"
        var result = SampleGate.result()
        result.metrics = [SampleGate.metric(text, .pass)]
        result.reasons = [text]
        result.verdict = .pass
        let reader = try Self.read(result)
        #expect(reader.cases.map(\.name) == ["verdict", text])
        #expect(reader.cases.first?.message == "pass: \(text)")
        #expect(reader.cases.map(\.kind) == ["", ""])
    }

    @Test("what XML cannot hold is left out, and lines become one")
    func unprintable() throws {
        #expect(XMLText.escaped("a\u{0}b\u{1B}[31m\u{FFFE}\u{FFFF}c\n\td\r") == "ab[31mc  d")
        var result = SampleGate.result()
        result.reasons = ["a\u{0}\u{8}b\nc"]
        #expect(try Self.read(result).cases.first?.message == "inconclusive: ab c")
    }
}
