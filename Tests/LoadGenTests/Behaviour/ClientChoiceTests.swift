import Testing

@testable import LoadGen

@Suite("ClientChoice")
struct ClientChoiceTests {
    @Test("one of the eligible is chosen, each about as often as the others")
    func uniform() throws {
        var generator = SeededGenerator(seed: 5)
        var counts: [Int: Int] = [:]
        for _ in 0..<6_000 {
            let chosen = ClientChoice.one(of: 10..<20, using: &generator) { $0 % 2 == 0 && $0 != 14 }
            counts[try #require(chosen), default: 0] += 1
        }
        #expect(Set(counts.keys) == [10, 12, 16, 18])
        // 1,500 each, with a standard deviation of 34.
        #expect(counts.values.allSatisfy { (1_300...1_700).contains($0) })
    }

    @Test(
        "the only eligible one among thousands is found, and nobody where there is none",
        arguments: 0..<5 as Range<UInt64>)
    func rare(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let only = ClientChoice.one(of: 0..<20_000, using: &generator) { $0 == 19_999 }
        let nobody = ClientChoice.one(of: 0..<100, using: &generator) { _ in false }
        let empty = ClientChoice.one(of: 7..<7, using: &generator) { _ in true }
        #expect(only == 19_999)
        #expect(nobody == nil)
        #expect(empty == nil)
    }

    @Test("several are chosen without repetition, in order, and only eligible ones")
    func several() {
        var generator = SeededGenerator(seed: 1)
        let chosen = ClientChoice.several(20, of: 100..<200, using: &generator) { $0 % 2 == 1 }
        #expect(chosen.count == 20)
        #expect(chosen == Set(chosen).sorted())
        #expect(chosen.allSatisfy { (100..<200).contains($0) && $0 % 2 == 1 })
    }

    @Test(
        "of too few all are chosen",
        arguments: [(0, []), (2, [4]), (1, [4]), (9, [4])] as [(Int, [Int])])
    func tooFew(count: Int, expected: [Int]) {
        var generator = SeededGenerator(seed: 1)
        let chosen = ClientChoice.several(count, of: 0..<9, using: &generator) { $0 == 4 }
        #expect(chosen == expected)
    }

    @Test("each is among several as often as the others")
    func severalUniform() {
        var generator = SeededGenerator(seed: 3)
        var counts = [Int](repeating: 0, count: 8)
        for _ in 0..<4_000 {
            for chosen in ClientChoice.several(2, of: 0..<8, using: &generator, where: { _ in true }) {
                counts[chosen] += 1
            }
        }
        // 1,000 each, with a standard deviation of 27.
        #expect(counts.allSatisfy { (840...1_160).contains($0) })
    }

    @Test("a seed gives the same choices again, another seed others")
    func seeded() {
        let choices = { (seed: UInt64) -> [Int] in
            var generator = SeededGenerator(seed: seed)
            let one = ClientChoice.one(of: 0..<1_000_000, using: &generator) { _ in true }
            return ClientChoice.several(10, of: 0..<1_000, using: &generator) { _ in true } + [one ?? -1]
        }
        #expect(choices(1) == choices(1))
        #expect(choices(1) != choices(2))
    }
}
