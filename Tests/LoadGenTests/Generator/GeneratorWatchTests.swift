import Testing

@testable import LoadGen

@Suite("GeneratorWatch")
struct GeneratorWatchTests {
    private func rate(_ moments: [UInt64]) -> Double? {
        var watch = GeneratorWatch(clientCount: 10, stampedCount: 0, seed: 1)
        for moment in moments { watch.noteConnected(atNanoseconds: moment) }
        return watch.connectedPerSecond
    }

    @Test("a ramp's rate comes out as it is")
    func ramp() {
        #expect(rate([500_000_000, 600_000_000, 700_000_000]) == 20.0 / 2)
        #expect(rate([0, 1_000_000_000]) == 1)
    }

    @Test("without two moments there is no rate")
    func none() {
        #expect(rate([]) == nil)
        #expect(rate([5]) == nil)
        #expect(rate([5, 5, 5]) == nil)
    }
}
