import LoadGen
import Testing

@Suite("StagedPacer and RateProfile")
struct StagedPacerTests {
    private static let second: UInt64 = 1_000_000_000

    private static func pacer(_ stages: [String], warmupNanoseconds: UInt64 = 0) throws -> StagedPacer {
        StagedPacer(
            profile: RateProfile(
                warmupNanoseconds: warmupNanoseconds, stages: try stages.map { try RateStage(parsing: $0) }))
    }

    @Test("a stage of one rate is what a constant schedule is", arguments: [0.7, 3, 100, 12_345.678])
    func constant(rate: Double) throws {
        let staged = try Self.pacer(["10s:\(rate)"])
        let constant = ConstantPacer(ratePerSecond: rate)
        let count = UInt64(rate * 10)
        #expect(count > 0)
        for index in 0..<count {
            let expected = constant.intendedNanoseconds(of: index)
            let found = staged.intendedNanoseconds(of: index)
            #expect(max(found, expected) - min(found, expected) <= 1)
        }
        #expect(staged.intendedNanoseconds(of: count + 1) == .max)
    }

    @Test(
        "a whole stage has the messages of its rate's integral",
        arguments: [
            (["10s:100"], 1_000), (["10s:0..100"], 500), (["10s:100..0"], 500), (["10s:100..300"], 2_000),
            (["1s:10", "5s:0", "1s:10"], 20), (["3s:0.1", "7s:0.1", "10s:0.7"], 8), (["5s:0", "1s:3"], 3),
            (["2s:0..50", "2s:50", "2s:50..0"], 200), (["500ms:3", "500ms:3"], 3),
        ] as [([String], UInt64)])
    func wholeStages(stages: [String], messages: UInt64) throws {
        let pacer = try Self.pacer(stages)
        let end = try stages.map { try RateStage(parsing: $0).durationNanoseconds }.reduce(0, +)
        #expect(pacer.due(atNanoseconds: end - 1) == messages)
        #expect(pacer.due(atNanoseconds: .max) == messages)
        #expect(pacer.intendedNanoseconds(of: messages) == .max)
    }

    @Test("what falls on the beginning of a pause is sent at its end")
    func pause() throws {
        let pacer = try Self.pacer(["1s:10", "5s:0", "1s:10"])
        #expect(pacer.intendedNanoseconds(of: 9) == 900_000_000)
        #expect(pacer.intendedNanoseconds(of: 10) == 6 * Self.second)
        #expect(pacer.due(atNanoseconds: 6 * Self.second - 1) == 10)
        #expect(pacer.due(atNanoseconds: 6 * Self.second) == 11)
        #expect(try Self.pacer(["5s:0", "1s:3"]).intendedNanoseconds(of: 0) == 5 * Self.second)
    }

    @Test("the warm-up has the rate with which the first stage begins")
    func warmup() throws {
        let pacer = try Self.pacer(["10s:5..15"], warmupNanoseconds: 2 * Self.second)
        #expect(pacer.due(atNanoseconds: 2 * Self.second - 1) == 10)
        #expect(pacer.intendedNanoseconds(of: 10) == 2 * Self.second)
        #expect(pacer.due(atNanoseconds: 12 * Self.second - 1) == 110)
        let silent = try Self.pacer(["10s:0..10"], warmupNanoseconds: 2 * Self.second)
        #expect(silent.due(atNanoseconds: 2 * Self.second - 1) == 0)
        #expect(silent.due(atNanoseconds: 12 * Self.second - 1) == 50)
    }

    @Test("known times on ramps")
    func knownTimes() throws {
        // t^2 * 5 = n, so the times are the roots of n / 5 seconds.
        let rising = try Self.pacer(["10s:0..100"])
        #expect(rising.intendedNanoseconds(of: 0) == 0)
        #expect(rising.intendedNanoseconds(of: 5) == Self.second)
        #expect(rising.intendedNanoseconds(of: 20) == 2 * Self.second)
        #expect(rising.intendedNanoseconds(of: 405) == 9 * Self.second)
        #expect(rising.intendedNanoseconds(of: 2) == 632_455_532)
        // The mirror image: what is left at time t is 5 * (10 - t)^2.
        let falling = try Self.pacer(["10s:100..0"])
        #expect(falling.intendedNanoseconds(of: 95) == Self.second)
        #expect(falling.intendedNanoseconds(of: 495) == 9 * Self.second)
    }

    /// Rates at the beginning and the end of stages, and how long they are in milliseconds.
    private static let shapes: [[(Int, Double, Double)]] = [
        [(3_000, 0, 700)], [(3_000, 700, 0)], [(1_000, 10, 10), (2_000, 10, 500), (500, 500, 500), (1_500, 500, 3)],
        [(700, 0, 0), (1_100, 0.5, 99.5), (900, 0, 0), (1_300, 40, 30)],
    ]

    @Test("times and counts are those of a numeric integration of the rate", arguments: shapes.indices)
    func numericIntegration(shape: Int) throws {
        let stages = Self.shapes[shape]
        let pacer = try Self.pacer(stages.map { "\($0.0)ms:\($0.1)..\($0.2)" })
        let stepSeconds = 1e-4
        var integral = 0.0
        var time = 0.0
        var checkedCount: UInt64 = 0
        for (milliseconds, start, end) in stages {
            let stepCount = milliseconds * 10
            for step in 0..<stepCount {
                let rate = start + (end - start) * (Double(step) + 0.5) / Double(stepCount)
                let after = integral + rate * stepSeconds
                // Steps in which no message is near their bounds, where rounding decides.
                if integral + 1e-6 < Double(checkedCount) + 1, after > Double(checkedCount) + 1 + 1e-6 {
                    checkedCount += 1
                    let crossing = time + (Double(checkedCount) - integral) / rate
                    let found = Double(pacer.intendedNanoseconds(of: checkedCount)) / 1e9
                    #expect(abs(found - crossing) < 2e-5, "message \(checkedCount)")
                } else if after >= Double(checkedCount) + 1 {
                    checkedCount += 1
                }
                integral = after
                time += stepSeconds
                let due = Double(pacer.due(atNanoseconds: UInt64(time * 1e9)))
                #expect(due >= integral - 1e-6 && due <= integral + 1 + 1e-6)
            }
        }
        #expect(checkedCount > 30)
    }

    @Test("due counts the messages whose time has come, no more and no fewer", arguments: shapes.indices)
    func dueAgreesWithIntended(shape: Int) throws {
        let pacer = try Self.pacer(Self.shapes[shape].map { "\($0.0)ms:\($0.1)..\($0.2)" }, warmupNanoseconds: 77_777)
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2_000 {
            let anywhere = UInt64.random(in: 0...6 * Self.second, using: &generator)
            let next = pacer.intendedNanoseconds(of: pacer.due(atNanoseconds: anywhere))
            for elapsed in [anywhere, next == .max ? anywhere : next, next == .max ? anywhere : next - 1] {
                let due = pacer.due(atNanoseconds: elapsed)
                if due > 0 { #expect(pacer.intendedNanoseconds(of: due - 1) <= elapsed) }
                #expect(pacer.intendedNanoseconds(of: due) > elapsed)
            }
        }
    }

    @Test("times never decrease", arguments: shapes.indices)
    func monotone(shape: Int) throws {
        let pacer = try Self.pacer(Self.shapes[shape].map { "\($0.0)ms:\($0.1)..\($0.2)" })
        var last: UInt64 = 0
        for index in 0..<pacer.due(atNanoseconds: .max) {
            let intended = pacer.intendedNanoseconds(of: index)
            #expect(intended >= last)
            last = intended
        }
        #expect(last > 0)
    }

    @Test("after a day at a high rate the times are exact to the nanosecond")
    func longRun() throws {
        let pacer = try Self.pacer(["1430m:9000000", "10m:9000000..0"])
        let index: UInt64 = 1_430 * 60 * 9_000_000
        #expect(pacer.intendedNanoseconds(of: index) == 1_430 * 60 * Self.second)
        #expect(pacer.intendedNanoseconds(of: index - 9_000_000) == (1_430 * 60 - 1) * Self.second)
    }
}
