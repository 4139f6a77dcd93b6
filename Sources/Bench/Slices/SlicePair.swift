import Glibc

/// The slices of two arms in one block: measured within moments of each other, so that what drifts on the machine
/// is the same in both and leaves their ratio.
struct SlicePair {
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

    var isDisturbed: Bool { first.isDisturbed || other.isDisturbed }

    /// The logarithm of the other arm's figure over the first's; nil where one of them has none.
    func logRatio(_ figure: (SliceRecord) -> Double?) -> Double? {
        guard let first = figure(first), let other = figure(other) else { return nil }
        return log(other / first)
    }
}
