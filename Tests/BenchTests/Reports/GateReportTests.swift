import Testing

@testable import Bench

@Suite("GateReport")
struct GateReportTests {
    static func sample(baseline: String = "./before --port {port}") -> GateResult {
        var result = SampleGate.result(SampleGate.plan(baseline: baseline))
        result.baseline.revision = "v1"
        result.verdict = .regression
        result.reasons = ["cpu.inFlight1 is worse"]
        result.durationNanoseconds = 27_500_000_000
        result.sets = (0..<9).map { SampleGate.set($0, [:], pairsSetAside: 3) }
        result.looks = [0.3]
        result.metrics = [
            SampleGate.metric(
                "cpu.inFlight1", .regression, change: 5, low: 3.5, high: 6.2, baseline: 4_000, candidate: 4_200),
            SampleGate.count(.sends, .pass, baseline: 100, candidate: 100),
            SampleGate.metric(
                "connectRate", .undecided, kind: .shown, better: .higher, isDeciding: false, baseline: 2_000,
                candidate: 1_900, samples: 3),
            SampleGate.metric(
                "memoryPerClient", .undecided, kind: .shown, isDeciding: false, change: -0.5, low: -2, high: 1,
                baseline: 4_096, candidate: 4_076),
        ]
        return result
    }

    @Test("as text: what was compared, a table for each kind of metric, and the verdict at the end")
    func text() {
        #expect(
            GateReport(Self.sample()).text() == """
                baseline   v1: ./before --port {port}
                candidate  ./after --port {port}
                measured   9 fresh pairs of processes in 27.5 s of 90.0 s, seed 42
                machine    Example 9000, 2 cores, Linux 6.18.5, broadside 0123456789

                Counted in lock step, a round
                metric  baseline  candidate  change  between  decision  samples
                ------  --------  ---------  ------  -------  --------  -------
                sends        100        100       0    exact  pass          500

                Measured, deciding
                metric         baseline  candidate  change           between  decision    samples
                -------------  --------  ---------  ------  ----------------  ----------  -------
                cpu.inFlight1   4.00 µs    4.20 µs  +5.0 %  +3.5 % to +6.2 %  regression        9

                Shown, not deciding
                metric           baseline  candidate  change           between  decision   samples
                ---------------  --------  ---------  ------  ----------------  ---------  -------
                connectRate      2.00 k/s   1.90 k/s     n/a       no interval  undecided        3
                memoryPerClient     4 KiB   3.98 KiB  -0.5 %  -2.0 % to +1.0 %  undecided        9

                27 of 900 pairs of slices set aside: something else had a core
                what is worse by less than 3.0 % passes; made for fewer false alarms than one in 1,000 runs

                verdict: regression
                  cpu.inFlight1 is worse

                """)
    }

    @Test("as Markdown: the verdict and why first, how it was measured folded away")
    func markdown() {
        var result = Self.sample()
        result.metrics = Array(result.metrics.prefix(2))
        #expect(
            GateReport(result).markdown() == """
                ## ❌ regression

                - cpu.inFlight1 is worse

                ### Counted in lock step, a round

                | metric | baseline | candidate | change | between | decision | samples |
                |---|---:|---:|---:|---:|---|---:|
                | sends | 100 | 100 | 0 | exact | pass | 500 |

                ### Measured, deciding

                | metric | baseline | candidate | change | between | decision | samples |
                |---|---:|---:|---:|---:|---|---:|
                | cpu.inFlight1 | 4.00 µs | 4.20 µs | +5.0 % | +3.5 % to +6.2 % | regression | 9 |

                - 27 of 900 pairs of slices set aside: something else had a core
                - what is worse by less than 3.0 % passes; made for fewer false alarms than one in 1,000 runs

                <details><summary>How this was measured</summary>

                - baseline: v1: ./before --port {port}
                - candidate: ./after --port {port}
                - measured: 9 fresh pairs of processes in 27.5 s of 90.0 s, seed 42
                - machine: Example 9000, 2 cores, Linux 6.18.5, broadside 0123456789

                </details>

                """)
    }

    @Test("each verdict has its mark", arguments: GateVerdict.allCases)
    func marks(verdict: GateVerdict) {
        var result = SampleGate.result()
        result.verdict = verdict
        let mark =
            switch verdict {
            case .pass, .improvement: "✅"
            case .regression, .invalid: "❌"
            case .inconclusive, .incomparable: "❔"
            }
        #expect(GateReport(result).markdown().hasPrefix("## \(mark) \(verdict.rawValue)\n"))
        #expect(GateReport(result).text().contains("\nverdict: \(verdict.rawValue)\n"))
    }

    @Test("a result with nothing in it is a report too, which promises nothing")
    func empty() {
        let text = GateReport(SampleGate.result()).text()
        #expect(text.contains("0 fresh pairs of processes"))
        #expect(!text.contains("false alarm"))
        #expect(!text.contains("Measured, deciding"))
    }

    @Test("who counted the system calls is told")
    func tools() {
        var result = Self.sample()
        result.exact = [SampleGate.figures([:]), SampleGate.figures([:])]
        result.exact[1].outside = OutsideCount(tool: "strace", roundsPerBatch: 100, calls: [1], reported: [])
        #expect(GateReport(result).text().contains("\nsystem calls counted by strace\n"))
        result.exact[1].outside?.reported = [1]
        #expect(GateReport(result).text().contains("\nsystem calls counted by strace and by the server\n"))
    }

    @Test("a command's or a metric's text stays text: it closes no fold and begins no line or column")
    func hostile() {
        var result = Self.sample(baseline: "sh -c '</details>\n# a <b>*x*</b>' {port}")
        result.metrics[0].name = "a|b\n| c"
        let lines = GateReport(result).markdown().split(separator: "\n")
        #expect(lines.count { $0.contains("</details>") } == 1)
        #expect(!lines.contains { $0.hasPrefix("# ") })
        #expect(!lines.contains { $0.contains("<b>") })
        #expect(lines.contains { $0.hasPrefix("| a\\|b \\| c |") })
    }
}
