import Glibc
import LoadGen

/// Random numbers of a known distribution, the same ones for the same seed.
struct Noise {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Normal, with mean 0 and standard deviation 1 (Box and Muller, 1958).
    mutating func normal() -> Double {
        let radius = sqrt(-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator)))
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
    }

    /// As normal, but every tenth value is scattered five times as widely.
    mutating func heavyTailed() -> Double {
        Double.random(in: 0..<1, using: &generator) < 0.1 ? 5 * normal() : normal()
    }

    mutating func integer(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
}
