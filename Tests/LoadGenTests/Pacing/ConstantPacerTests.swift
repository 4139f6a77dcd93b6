import LoadGen
import Testing

@Suite("ConstantPacer")
struct ConstantPacerTests {
    @Test(
        "a message's time is its index times the gap, to the nearest nanosecond",
        arguments: [
            (1.0, 0, 0), (1.0, 1, 1_000_000_000), (100.0, 7, 70_000_000), (3.0, 1, 333_333_333),
            (3.0, 2, 666_666_667),
            (3.0, 3, 1_000_000_000), (0.1, 1, 10_000_000_000), (0.001, 5, 5_000_000_000_000),
            (0.75, 3, 4_000_000_000),
            (10_000_000.0, 3, 300), (7_000_000.0, 7_000_000, 1_000_000_000), (4_194_304.0, 1, 238),
        ] as [(Double, UInt64, UInt64)])
    func intended(rate: Double, index: UInt64, nanoseconds: UInt64) {
        #expect(ConstantPacer(ratePerSecond: rate).intendedNanoseconds(of: index) == nanoseconds)
    }

    @Test(
        "a whole rate is on the second at each second of a day",
        arguments: [1, 3, 7, 1_000, 999_983, 10_000_000])
    func noDrift(rate: UInt64) {
        let pacer = ConstantPacer(ratePerSecond: Double(rate))
        for second in stride(from: UInt64(0), through: 86_400, by: 97) {
            #expect(pacer.intendedNanoseconds(of: second * rate) == second * 1_000_000_000)
        }
    }

    @Test(
        "after a day of any rate a time is at most half a nanosecond from the exact one",
        arguments: [0.001, 0.3, 1.1, 12_345.678, 9_999_999.9])
    func exactness(rate: Double) {
        // rate = integer / 2^power, exactly; so the exact time of a message is index * 10^9 * 2^power /
        // integer.
        let power = 52 - Int(rate.exponent)
        let integer = UInt128(rate * Double(sign: .plus, exponent: power, significand: 1))
        let day = UInt64(rate * 86_400)
        for index in day..<day + 1_000 {
            let time = UInt128(ConstantPacer(ratePerSecond: rate).intendedNanoseconds(of: index)) * integer
            let exact = (UInt128(index) * 1_000_000_000) << power
            #expect((max(time, exact) - min(time, exact)) * 2 <= integer)
        }
    }

    @Test(
        "due counts the messages whose time has come, no more and no fewer",
        arguments: [
            0.001, 0.1, 0.3, 1, 3, 7, 99.9, 1_000, 4_096, 123_456.789, 999_983, 3_333_333.3, 10_000_000,
        ])
    func dueAgreesWithIntended(rate: Double) {
        let pacer = ConstantPacer(ratePerSecond: rate)
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2_000 {
            let anywhere = UInt64.random(in: 0...100_000_000_000_000, using: &generator)
            let onTheSpot = pacer.intendedNanoseconds(of: pacer.due(atNanoseconds: anywhere) - 1)
            for elapsed in [anywhere, onTheSpot, onTheSpot + 1, onTheSpot &- (onTheSpot > 0 ? 1 : 0)] {
                let due = pacer.due(atNanoseconds: elapsed)
                #expect(pacer.intendedNanoseconds(of: due - 1) <= elapsed)
                #expect(pacer.intendedNanoseconds(of: due) > elapsed)
            }
        }
    }

    @Test("the first message is due at once")
    func firstIsDueAtOnce() {
        #expect(ConstantPacer(ratePerSecond: 0.001).due(atNanoseconds: 0) == 1)
    }

    @Test("a time beyond all clocks is the last one", arguments: [0.001, 0.3, 10_000_000])
    func saturates(rate: Double) {
        let pacer = ConstantPacer(ratePerSecond: rate)
        let last = pacer.intendedNanoseconds(of: .max)
        #expect(last == .max)
        #expect(pacer.due(atNanoseconds: .max) > 0)
    }

    @Test("rates out of range are a programmer error")
    func allowedRates() async {
        await #expect(processExitsWith: .failure) { _ = ConstantPacer(ratePerSecond: 0) }
        await #expect(processExitsWith: .failure) { _ = ConstantPacer(ratePerSecond: .nan) }
    }
}
