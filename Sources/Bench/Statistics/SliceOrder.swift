/// In which order the arms take their turns in each block of a set.
///
/// What an arm meets depends on its place in the block (the generator's caches, a clock that drifts) and on who went
/// before it. The orders are rows of Williams designs: over a cycle of them every arm stands at every place equally
/// often and follows every other arm equally often, and what is left of a cycle that is not whole differs by one at
/// each place. The rows come shuffled and with the arms relabelled in each cycle, so that no rhythm of the machine can
/// fall in with them.
///
/// Source: Williams, "Experimental Designs Balanced for the Estimation of Residual Effects of Treatments", Australian
/// Journal of Scientific Research A 2, 1949.
package enum SliceOrder {
    /// - Parameter arms: at least one.
    /// - Returns: for each of `count` blocks the indices of all arms.
    package static func blocks(
        arms: Int, count: Int, using generator: inout some RandomNumberGenerator
    ) -> [[Int]] {
        precondition(arms > 0)
        var blocks: [[Int]] = []
        while blocks.count < count {
            let labels = (0..<arms).shuffled(using: &generator)
            for square in squares(arms: arms).shuffled(using: &generator) {
                // One square after the other: in each, every arm stands at each place once.
                for row in square.shuffled(using: &generator) { blocks.append(row.map { labels[$0] }) }
            }
        }
        return Array(blocks.prefix(count))
    }

    /// The cyclic Latin squares of a Williams design: one for an even number of arms; for an odd number two, the
    /// second the mirror image of the first.
    private static func squares(arms: Int) -> [[[Int]]] {
        // 0, 1, n-1, 2, n-2, …: all steps from one arm to the next are different ones.
        let first = (0..<arms).map { place in place.isMultiple(of: 2) ? (arms - place / 2) % arms : (place + 1) / 2 }
        let square = (0..<arms).map { shift in first.map { ($0 + shift) % arms } }
        return arms.isMultiple(of: 2) || arms == 1 ? [square] : [square, square.map { $0.reversed() }]
    }
}
