/// The choice of clients by chance, each of those eligible as likely as any other.
///
/// Pure: the same generator and the same eligible clients give the same choice.
enum ClientChoice {
    /// More draws than this are not worth it: then hardly anybody is eligible.
    private static let maximumDraws = 32

    /// One of the eligible candidates; nil if there is none.
    ///
    /// Cost: a draw or a few while most candidates are eligible, all of them looked at where hardly any is.
    static func one(
        of candidates: Range<Int>, using generator: inout SeededGenerator, where isEligible: (Int) -> Bool
    ) -> Int? {
        guard !candidates.isEmpty else { return nil }
        for _ in 0..<maximumDraws {
            let candidate = Int.random(in: candidates, using: &generator)
            if isEligible(candidate) { return candidate }
        }
        return candidates.filter(isEligible).randomElement(using: &generator)
    }

    /// `count` of the eligible candidates, in ascending order; all of them if there are no more.
    ///
    /// Source: Knuth, "The Art of Computer Programming", volume 2, section 3.4.2, algorithm S (selection sampling).
    /// Cost: all candidates are looked at.
    static func several(
        _ count: Int, of candidates: Range<Int>, using generator: inout SeededGenerator,
        where isEligible: (Int) -> Bool
    ) -> [Int] {
        let eligible = candidates.filter(isEligible)
        var missing = min(count, eligible.count)
        var chosen: [Int] = []
        chosen.reserveCapacity(missing)
        for (position, candidate) in eligible.enumerated()
        where missing > 0 && Int.random(in: 0..<(eligible.count - position), using: &generator) < missing {
            chosen.append(candidate)
            missing -= 1
        }
        return chosen
    }
}
