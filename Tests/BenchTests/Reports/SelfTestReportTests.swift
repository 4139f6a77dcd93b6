import Testing

@testable import Bench

@Suite("SelfTestReport")
struct SelfTestReportTests {
    private static let records =
        // 1 - 0.05^(1/3) is 63.2 %, and one of two leaves 1 - √0.95.
        [1.0, 2, 3].map { SampleSelfTest.record(.same, .pass, seconds: 20, change: $0) }
        + [SampleSelfTest.record(.dearer5, .regression, change: 5), SampleSelfTest.record(.dearer5, .inconclusive)]

    @Test("the certificate: every question with its answers, and what was injected beside what was measured")
    func text() {
        #expect(
            SelfTestReport(Self.records).text() == """
                gate \(GateCode.digest), 5 runs, 2026-11-23 to 2026-11-23
                machine: Example 9000, Linux 6.18.5
                pairs of slices set aside: 5 %

                question             budget      runs  pass  improvement  regression  inconclusive  invalid  \
                median time  what that says, with 95 %
                -------------------  ------  --------  ----  -----------  ----------  ------------  -------  \
                -----------  ------------------------------------------------------
                same                 45.0 s  3 of 300     3            0           0             0        0       \
                20.0 s  false alarm in at most 63.2 %, pass in at least 36.8 %
                sameBesideNeighbour  45.0 s   0 of 59     0            0           0             0        0
                dearer2              90.0 s   0 of 20     0            0           0             0        0
                dearer3              90.0 s   0 of 40     0            0           0             0        0
                dearer5              90.0 s   2 of 59     0            0           1             1        0       \
                10.0 s  regression in at least 2.5 %
                dearer10             90.0 s   0 of 20     0            0           0             0        0
                cheaper5             90.0 s   0 of 20     0            0           0             0        0
                extraAllocation      15.0 s   0 of 59     0            0           0             0        0
                extraSystemCall      15.0 s   0 of 59     0            0           0             0        0

                mean change of  cpu.inFlight1  cpu.inFlight16  cpu.16KiB  cpu.openLoop
                --------------  -------------  --------------  ---------  ------------
                same            2.00 ± 0.58 %
                dearer5                5.00 %

                """)
    }

    @Test("without any run it says that there is none")
    func empty() {
        let text = SelfTestReport([]).text()
        #expect(text.contains("0 runs, none yet"))
        #expect(text.contains("machine: none"))
        #expect(text.contains("pairs of slices set aside: none measured"))
    }

    @Test("as Markdown the same tables stand below headings")
    func markdown() {
        let markdown = SelfTestReport(Self.records).markdown()
        #expect(markdown.hasPrefix("# What the gate can tell\n"))
        #expect(markdown.contains("- pairs of slices set aside: 5 %\n"))
        #expect(markdown.contains("| same | 45.0 s | 3 of 300 | 3 | 0 | 0 | 0 | 0 | 20.0 s | false alarm in at most "))
        #expect(markdown.contains("\n## Injected and measured\n"))
        #expect(markdown.contains("| same | 2.00 ± 0.58 % |"))
    }
}
