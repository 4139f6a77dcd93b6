import Recording
import Testing

@Suite("Threshold")
struct ThresholdTests {
    @Test(
        "path, operator and value are read",
        arguments: [
            ("latency.p99<50ms", .less, 50_000_000), ("latency.p99 <= 1.5s", .lessOrEqual, 1_500_000_000),
            (" completion.p999>10us ", .greater, 10_000), ("spread.max>=10µs", .greaterOrEqual, 10_000),
            ("deliveries.lost==0", .equal, 0), ("latency.p99Nanoseconds<5000", .less, 5_000),
            ("latency.p99Nanoseconds<5us", .less, 5_000), ("server.cpuPerDelivery<4us", .less, 4_000),
            ("rates.deliveriesPerSecond>1e6", .greater, 1_000_000),
            ("generator.busyFraction<0.9", .less, 0.9),
            ("duration>=2m", .greaterOrEqual, 120_000_000_000), ("errors.timeout<8", .less, 8),
        ] as [(String, ThresholdOperator, Double)])
    func parsed(expression: String, comparison: ThresholdOperator, value: Double) throws {
        let threshold = try Threshold(parsing: expression)
        #expect(threshold.expression == expression)
        #expect(threshold.comparison == comparison)
        #expect(threshold.value == value)
    }

    @Test(
        "wrong usage is told apart",
        arguments: [
            ("", .malformed("")), ("latency.p99", .malformed("latency.p99")),
            ("latency.p99=5ms", .malformed("latency.p99=5ms")), ("<5ms", .malformed("<5ms")),
            ("latency.p99<", .malformed("latency.p99<")),
            ("latency.p99<>5ms", .malformed("latency.p99<>5ms")),
            ("latency.p98<5ms", .unknownPath("latency.p98", expression: "latency.p98<5ms")),
            ("plan.clients>1", .unknownPath("plan.clients", expression: "plan.clients>1")),
            (
                "latency.p99<5",
                .notADuration(DurationArgumentError(text: "5"), expression: "latency.p99<5")
            ),
            ("deliveries.lost<5ms", .notANumber("5ms", expression: "deliveries.lost<5ms")),
            ("deliveries.lost<nan", .notANumber("nan", expression: "deliveries.lost<nan")),
            ("latency.count>inf", .notANumber("inf", expression: "latency.count>inf")),
            (
                "clients.connected>1 over 5s",
                .noWindows("clients.connected", expression: "clients.connected>1 over 5s")
            ),
            ("completion.p99<1s over 5s", .noWindows("completion.p99", expression: "completion.p99<1s over 5s")),
            ("errors.x<1 over 5s", .noWindows("errors.x", expression: "errors.x<1 over 5s")),
            ("latency.p99<1s over 0s", .badWindow("0s", expression: "latency.p99<1s over 0s")),
            ("latency.p99<1s over 1.5s", .badWindow("1.5s", expression: "latency.p99<1s over 1.5s")),
            ("latency.p99<1s over 301s", .badWindow("301s", expression: "latency.p99<1s over 301s")),
            (
                "latency.p99<1s over 5",
                .notADuration(DurationArgumentError(text: "5"), expression: "latency.p99<1s over 5")
            ),
            (
                "latency.p99<1s over ",
                .notADuration(DurationArgumentError(text: ""), expression: "latency.p99<1s over ")
            ),
            ("latency.p99< over 5s", .malformed("latency.p99< over 5s")),
        ] as [(String, ThresholdError)])
    func refused(expression: String, expected: ThresholdError) {
        #expect(throws: expected) { try Threshold(parsing: expression) }
        #expect(!expected.description.contains("\n"))
    }

    @Test(
        "a length of windows is read",
        arguments: [
            ("latency.p99<50ms over 5s", 5, 50_000_000), ("deliveries.lost==0  over  2m ", 120, 0),
            ("rates.bytesPerSecond>1e6 over 1000ms", 1, 1_000_000),
        ] as [(String, Int, Double)])
    func windows(expression: String, seconds: Int, value: Double) throws {
        let threshold = try Threshold(parsing: expression)
        #expect(threshold.windowSeconds == seconds)
        #expect(threshold.value == value)
        #expect(threshold.expression == expression)
    }

    @Test("a result alone does not meet a threshold over windows")
    func windowsOfAResult() throws {
        let outcome = try Threshold(parsing: "latency.p99<50ms over 5s").evaluate(against: .sample())
        #expect(outcome.value == nil)
        #expect(!outcome.passed)
        #expect(outcome.windowNanoseconds == 5_000_000_000)
    }

    @Test("without windows there is no length")
    func wholeRun() throws {
        #expect(try Threshold(parsing: "latency.p99<50ms").windowSeconds == nil)
        #expect(try Threshold(parsing: "latency.p99<50ms").isDuration)
        #expect(try Threshold(parsing: "deliveries.lost==0").isDuration == false)
    }

    @Test("a message names the expression and what is wrong with it")
    func message() {
        let error = ThresholdError.unknownPath("latency.p98", expression: "latency.p98<5ms")
        #expect(error.description == "threshold \"latency.p98<5ms\": a result has no figure \"latency.p98\"")
    }

    @Test(
        "a result passes or fails by its figure",
        arguments: [
            ("latency.p99<10ms", 9_900_000, true), ("latency.p99<9.9ms", 9_900_000, false),
            ("latency.p99<=9.9ms", 9_900_000, true), ("deliveries.lost==0", 5, false),
            ("errors.timeout<8", 7, true), ("errors.none==0", 0, true),
            ("rates.publishedPerSecond>99", 99.5, true),
        ] as [(String, Double, Bool)])
    func evaluated(expression: String, value: Double, passed: Bool) throws {
        let outcome = try Threshold(parsing: expression).evaluate(against: .sample())
        #expect(outcome == ThresholdOutcome(expression: expression, value: value, passed: passed))
    }

    @Test(
        "a figure that the result does not have fails",
        arguments: ["latency.p99<10ms", "server.cpuPerDelivery>0ns"])
    func null(expression: String) throws {
        var result = RunResult.sample()
        result.latency = .empty
        result.server = nil
        let outcome = try Threshold(parsing: expression).evaluate(against: result)
        #expect(outcome == ThresholdOutcome(expression: expression, value: nil, passed: false))
    }
}
