import LoadGen
import Recording
import Testing

@Suite("RateStage")
struct RateStageTests {
    @Test(
        "a stage has one rate, or goes from one to another",
        arguments: [
            ("30s:100", 30_000_000_000, 100, 100), ("1m:100..500", 60_000_000_000, 100, 500),
            ("1.5s:0..0.5", 1_500_000_000, 0, 0.5), ("250ms:1e3", 250_000_000, 1_000, 1_000),
            ("2s:0", 2_000_000_000, 0, 0),
        ] as [(String, UInt64, Double, Double)])
    func parsing(text: String, nanoseconds: UInt64, start: Double, end: Double) throws {
        let stage = try RateStage(parsing: text)
        #expect(stage.expression == text)
        #expect(stage.durationNanoseconds == nanoseconds)
        #expect(stage.startPerSecond == start)
        #expect(stage.endPerSecond == end)
    }

    @Test(
        "what is neither is refused",
        arguments: ["", "30s", "30s:", "30s:x", "30s:1..", "30s:..1", "30s:100...500", "30s:-1", "30s:inf", "30s:1,2"])
    func malformed(text: String) {
        #expect(throws: RateStageError.malformed(text)) { try RateStage(parsing: text) }
    }

    @Test("durations need a unit, and have bounds")
    func durations() {
        #expect(
            throws: RateStageError.badDuration(DurationArgumentError(text: "30"), expression: "30:100")
        ) { try RateStage(parsing: "30:100") }
        for text in ["999us:1", "1441m:1"] {
            #expect(throws: RateStageError.durationOutOfRange(text)) { try RateStage(parsing: text) }
        }
    }

    @Test("rates are 0 or those that a schedule can keep")
    func rates() {
        #expect(throws: RateStageError.rateOutOfRange(2e7, expression: "1s:2e7")) {
            try RateStage(parsing: "1s:2e7")
        }
        #expect(throws: RateStageError.rateOutOfRange(0.0001, expression: "1s:5..0.0001")) {
            try RateStage(parsing: "1s:5..0.0001")
        }
    }

    @Test("each message is one line")
    func messages() {
        let errors: [RateStageError] = [
            .malformed("x"), .badDuration(DurationArgumentError(text: "x"), expression: "x:1"),
            .durationOutOfRange("1us:1"), .rateOutOfRange(1e9, expression: "1s:1e9"),
        ]
        for error in errors {
            #expect(error.description.hasPrefix("stage \""))
            #expect(!error.description.contains("\n"))
        }
    }
}
