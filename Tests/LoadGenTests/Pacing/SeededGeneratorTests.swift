import LoadGen
import Testing

@Suite("SeededGenerator")
struct SeededGeneratorTests {
    @Test("the sequence is that of the published SplitMix64")
    func referenceSequence() {
        var generator = SeededGenerator(seed: 1_234_567)
        let values = (0..<5).map { _ in generator.next() }
        #expect(
            values == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("one same seed gives one same sequence, another seed another")
    func repeatable() {
        func values(seed: UInt64) -> [Int] {
            var generator = SeededGenerator(seed: seed)
            return (0..<100).map { _ in Int.random(in: 0..<1_000, using: &generator) }
        }
        #expect(values(seed: 7) == values(seed: 7))
        #expect(values(seed: 7) != values(seed: 8))
    }
}
