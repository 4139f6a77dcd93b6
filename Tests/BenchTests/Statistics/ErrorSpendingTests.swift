import Testing

@testable import Bench

@Suite("ErrorSpending")
struct ErrorSpendingTests {
    @Test("whatever the looks, together they have the total", arguments: [1, 2, 5, 40], [0.5, 1, 3])
    func sum(looks: Int, exponent: Double) {
        let spending = ErrorSpending(total: 0.01, exponent: exponent)
        var noise = Noise(seed: UInt64(looks))
        let between = (1..<looks).map { _ in Double(noise.integer(in: 0...1_000)) / 1_000 }.sorted()
        let shares = [0] + between + [1]
        let increments = zip(shares, shares.dropFirst()).map { spending.increment(from: $0, to: $1) }
        #expect(increments.count == looks)
        #expect(increments.allSatisfy { $0 >= 0 })
        #expect(abs(increments.reduce(0, +) - 0.01) < 1e-15)
    }

    @Test("early looks get little")
    func early() {
        let spending = ErrorSpending(total: 0.08)
        #expect(abs(spending.increment(from: 0, to: 0.5) - 0.01) < 1e-15)
        #expect(abs(spending.increment(from: 0, to: 0.1) - 0.00008) < 1e-15)
        #expect(spending.increment(from: 0.9, to: 1) > 200 * spending.increment(from: 0, to: 0.1))
    }

    @Test("a look without anything new gets nothing")
    func nothingNew() {
        let spending = ErrorSpending(total: 0.05)
        #expect(spending.increment(from: 0.4, to: 0.4) == 0)
        #expect(spending.increment(from: 0.6, to: 0.4) == 0)
        #expect(spending.increment(from: 1, to: 1.5) == 0)
    }

    @Test("shares outside are cut off: more data than planned does not raise the total")
    func outside() {
        let spending = ErrorSpending(total: 0.05)
        #expect(spending.increment(from: -1, to: 2) == 0.05)
        #expect(spending.increment(from: 0.5, to: 7) == spending.increment(from: 0.5, to: 1))
    }
}
