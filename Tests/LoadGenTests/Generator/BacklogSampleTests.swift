import Testing

@testable import LoadGen

@Suite("BacklogSample")
struct BacklogSampleTests {
    /// The connections that are looked at, where each is read as soon as it is chosen.
    private func chosen(seed: UInt64, ticks: Int, clientCount: Int = 10) -> [Int] {
        var sample = BacklogSample(clientCount: clientCount, seed: seed)
        var chosen: [Int] = []
        for _ in 0..<ticks {
            sample.tick(isMeasuring: true)
            while let client = sample.client {
                chosen.append(client)
                sample.taken()
            }
        }
        return chosen
    }

    @Test("a few a tick, and every connection in the end")
    func rotates() {
        let chosen = chosen(seed: 1, ticks: 100)
        #expect(chosen.count == 100 * BacklogSample.readsPerTick)
        #expect(Set(chosen) == Set(0..<10))
    }

    @Test("the same seed chooses the same connections, another one others")
    func seeded() {
        #expect(chosen(seed: 7, ticks: 20) == chosen(seed: 7, ticks: 20))
        #expect(chosen(seed: 7, ticks: 20) != chosen(seed: 8, ticks: 20))
    }

    @Test("a connection on which nothing comes is passed over at the next tick")
    func silent() {
        var sample = BacklogSample(clientCount: 1_000_000, seed: 3)
        sample.tick(isMeasuring: true)
        let first = sample.client
        sample.tick(isMeasuring: true)
        #expect(first != nil)
        #expect(sample.client != nil)
        #expect(sample.client != first)
    }

    @Test("before and after the measured part none is looked at")
    func notMeasuring() {
        var sample = BacklogSample(clientCount: 10, seed: 1)
        #expect(sample.client == nil)
        sample.tick(isMeasuring: false)
        #expect(sample.client == nil)
        sample.tick(isMeasuring: true)
        sample.tick(isMeasuring: false)
        #expect(sample.client == nil)
    }
}
