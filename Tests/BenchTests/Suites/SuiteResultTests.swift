import FoundationEssentials
import Recording
import Testing

@testable import Bench

@Suite("SuiteResult")
struct SuiteResultTests {
    static func result(_ verdicts: [Verdict], interrupted: Bool = false) -> SuiteResult {
        SuiteResult(
            suite: "documented", startedAt: "2026-11-23T12:00:00.000Z", durationNanoseconds: 90_000_000_000,
            interrupted: interrupted, machine: .current(io: "epoll", commit: "0123456789"),
            rows: verdicts.map { verdict in
                TargetRow(
                    target: "broadcast to 100 clients, 64 B", documented: "about 50 ms", measured: "500 µs",
                    factor: 100, p99Nanoseconds: 900_000, maxNanoseconds: 1_200_000, verdict: verdict,
                    note: "100 messages/s")
            }, runs: [])
    }

    @Test(
        "the most severe verdict is the exit code, in the order of the contract",
        arguments: [
            ([Verdict.met, .shown], ToolExit.pass), ([.met, .notMet], .notMet), ([.notMet, .invalid], .invalid),
            ([], .pass),
        ])
    func exitCodes(verdicts: [Verdict], expected: ToolExit) {
        #expect(Self.result(verdicts).toolExit == expected)
    }

    @Test("an interrupted suite failed, whatever it had found")
    func interrupted() {
        #expect(Self.result([.invalid], interrupted: true).toolExit == .failed)
    }

    @Test("the JSON says what it is and holds the rows")
    func encoding() throws {
        struct Document: Decodable {
            let schema: String
            let suite: String
            let rows: [TargetRow]
        }
        let result = Self.result([.met, .notMet])
        let document = try JSONDecoder().decode(Document.self, from: Data(try result.encoded()))
        #expect(document.schema == "broadside.bench/1")
        #expect(document.suite == "documented")
        #expect(document.rows == result.rows)
    }

    @Test("run names become file names")
    func fileNames() {
        #expect(SuiteResult.fileName("10,000 messages per second") == "run-10000-messages-per-second.json")
        #expect(SuiteResult.fileName("broadcast of 64 KiB") == "run-broadcast-of-64-kib.json")
    }
}
