import Glibc

/// The slices of two arms in one block: measured within moments of each other, so that what drifts on the machine
/// is the same in both and leaves their ratio.
struct SlicePair {
    /// A slice that was kept waiting for longer than this share of itself measures its neighbours.
    static let disturbedLimit = 0.05
    /// Shorter waits are no neighbour's: that is how long a core that slept may take to wake up in a virtual machine.
    static let disturbedNanoseconds = 100_000

    let first: SliceRecord
    let other: SliceRecord

    /// - Parameter arm: index of the arm that is compared with the first.
    static func pairs(in set: SliceSet, arm: Int) -> [SlicePair] {
        let firsts = Dictionary(
            set.slices.filter { $0.arm == 0 }.map { ($0.block, $0) }, uniquingKeysWith: { earlier, _ in earlier })
        return set.slices.filter { $0.arm == arm }.compactMap { other in
            firsts[other.block].map { SlicePair(first: $0, other: other) }
        }
    }

    var isDisturbed: Bool { Self.isDisturbed(first) || Self.isDisturbed(other) }

    private static func isDisturbed(_ slice: SliceRecord) -> Bool {
        slice.disturbedNanoseconds > disturbedNanoseconds && slice.disturbedFraction > disturbedLimit
    }

    /// The logarithm of the other arm's figure over the first's; nil where one of them has none.
    func logRatio(_ figure: (SliceRecord) -> Double?) -> Double? {
        guard let first = figure(first), let other = figure(other) else { return nil }
        return log(other / first)
    }
}
