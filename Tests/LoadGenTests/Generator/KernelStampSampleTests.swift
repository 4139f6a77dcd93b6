import Testing

@testable import LoadGen

@Suite("KernelStampSample")
struct KernelStampSampleTests {
    private func members(_ clientCount: Int, _ count: Int) -> [Int] {
        let sample = KernelStampSample(clientCount: clientCount, count: count)
        return (-2..<clientCount + 2).filter(sample.contains)
    }

    @Test(
        "exactly as many as asked for, or all there are",
        arguments: [(100, 0), (100, 1), (100, 8), (100, 100), (7, 3), (1, 1), (3, 8), (1_000, 999)])
    func count(clientCount: Int, count: Int) {
        #expect(members(clientCount, count).count == min(clientCount, count))
    }

    @Test("spread evenly over all")
    func spread() {
        #expect(members(100, 4) == [24, 49, 74, 99])
        #expect(members(10, 3) == [3, 6, 9])
    }

    @Test("a number below zero is none")
    func negative() {
        #expect(members(10, -1) == [])
        #expect(KernelStampSample(clientCount: 10, count: -1).count == 0)
    }
}
