import Testing

@testable import Bench

@Suite("SuiteTable")
struct SuiteTableTests {
    @Test("the terminal's table, with the reason below a row that was not met")
    func text() {
        let text = SuiteTable(SuiteResultTests.result([.met, .notMet])).text()
        #expect(
            text == """
                target                           documented  measured  factor     p99      max  verdict
                ------------------------------  -----------  --------  ------  ------  -------  -------
                broadcast to 100 clients, 64 B  about 50 ms    500 µs    ×100  900 µs  1.20 ms  met
                broadcast to 100 clients, 64 B  about 50 ms    500 µs    ×100  900 µs  1.20 ms  not met
                    100 messages/s

                1 of 2 targets met (suite documented, 90 s)

                """)
    }

    @Test("the Markdown has a row for each target and says what machine it was")
    func markdown() {
        let lines = SuiteTable(SuiteResultTests.result([.met, .shown])).markdown().split(separator: "\n")
        #expect(lines.first == "# Documented targets, measured")
        #expect(
            lines.filter { $0.hasPrefix("| broadcast") } == [
                "| broadcast to 100 clients, 64 B | about 50 ms | 500 µs | ×100 | 900 µs | 1.20 ms | met | 100 messages/s |",
                "| broadcast to 100 clients, 64 B | about 50 ms | 500 µs | ×100 | 900 µs | 1.20 ms | shown | 100 messages/s |",
            ])
        #expect(lines.contains("| commit | 0123456789 |"))
        #expect(lines.contains("| I/O | epoll |"))
    }
}
