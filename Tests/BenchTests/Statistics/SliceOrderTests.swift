import LoadGen
import Testing

@testable import Bench

@Suite("SliceOrder")
struct SliceOrderTests {
    private func blocks(arms: Int, count: Int, seed: UInt64 = 1) -> [[Int]] {
        var generator = SeededGenerator(seed: seed)
        return SliceOrder.blocks(arms: arms, count: count, using: &generator)
    }

    /// How often each pair of numbers occurs, those that never do included.
    private func counts(_ pairs: [[Int]], of all: [[Int]]) -> [Int] {
        all.map { pair in pairs.count { $0 == pair } }
    }

    @Test("every arm has one turn in each block", arguments: 1...7)
    func oneTurnEach(arms: Int) {
        let blocks = blocks(arms: arms, count: 23)
        #expect(blocks.count == 23)
        #expect(blocks.allSatisfy { $0.sorted() == Array(0..<arms) })
    }

    @Test("every arm stands at each place equally often, within one where the cycle is not whole", arguments: 2...7)
    func places(arms: Int) {
        for count in 1...30 {
            let stood = blocks(arms: arms, count: count, seed: UInt64(count)).flatMap { block in
                block.enumerated().map { [$0.element, $0.offset] }
            }
            let all = (0..<arms).flatMap { arm in (0..<arms).map { [arm, $0] } }
            let counts = counts(stood, of: all)
            #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1, "\(count) blocks")
        }
    }

    @Test("over whole cycles every arm follows each other arm equally often", arguments: 2...7)
    func successions(arms: Int) {
        let followed = blocks(arms: arms, count: 4 * arms).flatMap { block in
            zip(block, block.dropFirst()).map { [$0.0, $0.1] }
        }
        let all = (0..<arms).flatMap { arm in (0..<arms).filter { $0 != arm }.map { [arm, $0] } }
        #expect(Set(counts(followed, of: all)) == [4])
    }

    @Test("a seed gives one order, another seed another")
    func seeded() {
        #expect(blocks(arms: 3, count: 12, seed: 5) == blocks(arms: 3, count: 12, seed: 5))
        #expect(blocks(arms: 3, count: 12, seed: 5) != blocks(arms: 3, count: 12, seed: 6))
    }

    @Test("two arms change who goes first without a rhythm")
    func noRhythm() {
        let first = blocks(arms: 2, count: 40).map { $0[0] }
        let repeats = zip(first, first.dropFirst()).count { $0.0 == $0.1 }
        #expect((1..<20).contains(repeats))
    }
}
