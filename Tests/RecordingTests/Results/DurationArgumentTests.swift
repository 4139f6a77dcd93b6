import Recording
import Testing

@Suite("DurationArgument")
struct DurationArgumentTests {
    @Test(
        "a number with a unit is a duration",
        arguments: [
            ("250ms", 250_000_000), ("10s", 10_000_000_000), ("2m", 120_000_000_000), ("1.5s", 1_500_000_000),
            ("0s", 0), ("7ns", 7), ("7us", 7_000), ("7\u{b5}s", 7_000), ("7\u{3bc}s", 7_000),
            (".5ms", 500_000),
            ("1.4ns", 1), ("0.1s", 100_000_000),
        ] as [(String, UInt64)])
    func parsed(text: String, expected: UInt64) throws {
        #expect(try DurationArgument(parsing: text).nanoseconds == expected)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "10", "s", "10 s", " 10s", "-1s", "+1s", "1e3s", "1..5s", ".s", "10S", "10h", "10sec", "nans",
            "99999999999999s", "١s",
        ])
    func refused(text: String) {
        #expect(throws: DurationArgumentError(text: text)) { try DurationArgument(parsing: text) }
    }

    @Test("the message says what is expected")
    func message() {
        let expected =
            "\"10\" is no duration: expected a number with a unit (ns, us, ms, s or m), as in 250ms or 10s"
        #expect(DurationArgumentError(text: "10").description == expected)
    }
}
