import Testing

@testable import LoadGen

@Suite("ReceiveModeration")
struct ReceiveModerationTests {
    private func moderation(_ utilizations: [Double]) -> ReceiveModeration {
        var moderation = ReceiveModeration()
        for utilization in utilizations {
            moderation.note(cpuNanoseconds: UInt64(utilization * 10_000_000), elapsedNanoseconds: 10_000_000)
        }
        return moderation
    }

    @Test("a generator that is not busy reads at once, and says so")
    func idle() {
        #expect(moderation([0.1, 0.5, 0.75]).intervalNanoseconds == 0)
        #expect(moderation([0.1, 0.5, 0.75]).longestIntervalNanoseconds == 0)
    }

    @Test("a busy one reads less and less often, up to a millisecond")
    func busy() {
        #expect(moderation([0.9]).intervalNanoseconds == 250_000)
        #expect(moderation([0.9, 0.9]).intervalNanoseconds == 500_000)
        #expect(moderation([0.9, 0.9, 0.9, 0.9, 0.9]).intervalNanoseconds == 1_000_000)
    }

    @Test("it stays where it is while it is neither busy nor idle")
    func hysteresis() {
        #expect(moderation([0.9, 0.9, 0.6, 0.6, 0.51]).intervalNanoseconds == 500_000)
    }

    @Test("what the warm-up needed does not count")
    func measuringBegins() {
        var moderation = moderation([0.9, 0.9, 0.4])
        moderation.beginMeasuring()
        #expect(moderation.longestIntervalNanoseconds == 250_000)
    }

    @Test("it goes back when the load ends, but remembers how far it went")
    func calmsDown() {
        let moderation = moderation([0.9, 0.9, 0.2, 0.2, 0.2])
        #expect(moderation.intervalNanoseconds == 0)
        #expect(moderation.longestIntervalNanoseconds == 500_000)
    }
}
