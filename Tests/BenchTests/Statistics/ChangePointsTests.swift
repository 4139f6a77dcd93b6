import LoadGen
import Testing

@testable import Bench

@Suite("ChangePoints")
struct ChangePointsTests {
    /// Levels one after the other, each with so many values and noise of 1 %.
    private func series(_ levels: [(level: Double, count: Int)], seed: UInt64) -> [Double] {
        var noise = Noise(seed: seed)
        return levels.flatMap { level, count in (0..<count).map { _ in level * (1 + 0.01 * noise.normal()) } }
    }

    /// With fewer permutations than by default: the tests run without optimization.
    private func quickly(_ values: [Double], seed: UInt64 = 1) -> [Int] {
        var generator = SeededGenerator(seed: seed)
        return ChangePoints.find(in: values, significance: 0.01, permutations: 299, using: &generator)
    }

    @Test("noise alone has changes as seldom as stated")
    func noise() {
        let withChanges = (0..<100).count { seed in
            !quickly(series([(100, 30)], seed: UInt64(seed)), seed: UInt64(seed)).isEmpty
        }
        // One is expected of 100.
        #expect(withChanges <= 4)
    }

    @Test("a step of 5 % in noise of 1 % is found within one value", arguments: 0..<8 as Range<UInt64>)
    func oneStep(seed: UInt64) {
        let found = quickly(series([(100, 22), (105, 18)], seed: seed))
        #expect(found.count == 1)
        #expect(found.allSatisfy { (21...23).contains($0) })
    }

    @Test("two steps are found, up and down as well as up and up", arguments: [100.0, 112])
    func twoSteps(last: Double) {
        let found = quickly(series([(100, 20), (106, 20), (last, 20)], seed: 3))
        #expect(found.count == 2)
        #expect(zip(found, [20, 40]).allSatisfy { abs($0 - $1) <= 1 })
    }

    @Test("the noise of one part does not hide a change in another")
    func unequalNoise() {
        var noise = Noise(seed: 4)
        let loud = (0..<30).map { _ in 200 + 20 * noise.normal() }
        let found = quickly(loud + series([(50, 15), (55, 15)], seed: 5))
        #expect(found.contains { (44...46).contains($0) })
    }

    @Test("by default one in a thousand is asked for, which takes more than a few values")
    func byDefault() {
        var generator = SeededGenerator(seed: 1)
        #expect(ChangePoints.find(in: series([(100, 10), (110, 10)], seed: 6), using: &generator) == [10])
        #expect(ChangePoints.find(in: series([(100, 5), (110, 5)], seed: 6), using: &generator) == [])
    }

    @Test("fewer than six values have no change, nor have equal ones")
    func tooFew() {
        #expect(quickly([]) == [])
        #expect(quickly([1, 1, 1, 9, 9]) == [])
        #expect(quickly([Double](repeating: 3, count: 50)) == [])
    }

    @Test("fewer permutations than it takes to be so sure find nothing")
    func tooFewPermutations() {
        var generator = SeededGenerator(seed: 1)
        let values = series([(100, 20), (200, 20)], seed: 7)
        #expect(ChangePoints.find(in: values, significance: 0.01, permutations: 98, using: &generator) == [])
        #expect(ChangePoints.find(in: values, significance: 0.01, permutations: 99, using: &generator) == [20])
    }

    @Test("the same generator gives the same changes")
    func repeatable() {
        let values = series([(100, 20), (101, 20)], seed: 8)
        #expect(quickly(values, seed: 2) == quickly(values, seed: 2))
    }

    @Test("of a long series the most recent values are looked at, and found at their own places")
    func long() {
        var generator = SeededGenerator(seed: 1)
        let values = series([(500, 40), (100, 460), (120, 40)], seed: 9)
        let found = ChangePoints.find(in: values, significance: 0.1, permutations: 9, using: &generator)
        #expect(found.contains { (499...501).contains($0) })
        #expect(!found.contains { $0 <= 40 })
    }
}
