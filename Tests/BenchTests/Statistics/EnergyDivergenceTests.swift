import Testing

@testable import Bench

@Suite("EnergyDivergence")
struct EnergyDivergenceTests {
    private func meanDistance(within side: ArraySlice<Double>) -> Double {
        var sum = 0.0
        for first in side.indices { for second in side[..<first] { sum += abs(side[first] - second) } }
        return sum / Double(side.count * (side.count - 1) / 2)
    }

    private func bestSplit(_ values: [Double], enough: Double = .infinity) -> EnergyDivergence.Split? {
        var divergence = EnergyDivergence(capacity: values.count)
        return divergence.bestSplit(of: values, enough: enough)
    }

    /// The best of all splits by the definition, n⁴ steps.
    private func bestByDefinition(_ values: [Double]) -> (index: Int, statistic: Double)? {
        var best: (index: Int, statistic: Double)?
        let least = EnergyDivergence.leastSide
        for index in stride(from: least, through: values.count - least, by: 1) {
            for end in stride(from: index + least, through: values.count, by: 1) {
                let (left, right) = (values[..<index], values[index..<end])
                let between = left.reduce(0) { sum, value in sum + right.reduce(0) { $0 + abs(value - $1) } }
                let sizes = Double(left.count * right.count)
                let energy = 2 * between / sizes - meanDistance(within: left) - meanDistance(within: right)
                let statistic = sizes / Double(end) * energy
                if statistic > best?.statistic ?? 0 { best = (index, statistic) }
            }
        }
        return best
    }

    @Test("the best split is that of the definition", arguments: [6, 7, 12, 25])
    func definition(count: Int) throws {
        var noise = Noise(seed: UInt64(count))
        var divergence = EnergyDivergence(capacity: 25)
        for _ in 0..<5 {
            let values = (0..<count).map { noise.normal() + ($0 < count / 2 ? 0 : 2) }
            let expected = try #require(bestByDefinition(values))
            let found = divergence.bestSplit(of: values)
            let split = try #require(found)
            #expect(split.index == expected.index)
            #expect(abs(split.statistic / expected.statistic - 1) < 1e-9)
        }
    }

    @Test("a level that comes and goes is seen, at one of its ends")
    func comesAndGoes() {
        let values = (0..<30).map { (10..<20).contains($0) ? 5.0 : Double($0 % 2) }
        #expect(bestSplit(values).map { [10, 20].contains($0.index) } == true)
    }

    @Test("five values have no two sides, equal ones no difference")
    func none() {
        #expect(bestSplit([]) == nil)
        #expect(bestSplit([0, 0, 0, 9, 9]) == nil)
        #expect(bestSplit([Double](repeating: 4, count: 20)) == nil)
    }

    @Test("who has seen enough is told of no better split")
    func enough() throws {
        let values = (0..<12).map { $0 < 6 ? Double($0 % 2) : 10 }
        let best = try #require(bestSplit(values))
        let first = try #require(bestSplit(values, enough: best.statistic / 4))
        #expect((best.statistic / 4...best.statistic).contains(first.statistic))
        #expect(try #require(bestSplit(values, enough: best.statistic)).index == best.index)
    }
}
