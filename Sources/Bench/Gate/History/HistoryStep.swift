import Glibc
import LoadGen

/// A place in a series at which a new level begins.
package struct HistoryStep: Equatable, Sendable {
    /// Of the first point of the new level.
    package let point: Int
    /// The new level over the old one: percent, or what is counted.
    package let change: Double

    /// How many commits on each side make a level: the fewest of `ChangePoints`.
    private static let levelCommits = 3
    /// The probability that a series in which nothing changed has a step.
    private static let significance = 0.001
    /// As few as suffice for the significance: each step is tested once more.
    private static let permutations = 999

    /// The steps of an index.
    ///
    /// `ChangePoints` finds where the logarithms seem to go over to a new level. It supposes that values between two
    /// changes are exchangeable, and those of an index are not: they drift by chance as errors add up. So a place
    /// counts only where the commits right after it differ from those right before it by more than the errors of the
    /// links between them explain, over all places at which that might have happened.
    static func steps(in index: HistoryIndex) -> [HistoryStep] {
        let logs = index.logs
        var generator = SeededGenerator(seed: 1)
        let places = ChangePoints.find(
            in: logs, significance: significance, permutations: permutations, using: &generator)
        var steps: [HistoryStep] = []
        for place in places {
            let best = steepest(near: place, in: logs)
            // Of the two ways to tell how large it is the one with the smaller error: which that is follows from how
            // the commits were compared, not from what came out.
            let levels = index.difference(of: best..<(best + levelCommits), over: (best - levelCommits)..<best)
            let neighbours = index.difference(of: best..<(best + 1), over: (best - 1)..<best)
            let (mean, standardError) = neighbours.standardError <= levels.standardError ? neighbours : levels
            let chance = erfc(abs(mean) / standardError / 2.0.squareRoot()) * Double(logs.count)
            // Not so where the error is 0 or unknown, or the chance no number.
            guard standardError > 0, standardError.isFinite, chance <= significance else { continue }
            steps.append(HistoryStep(point: best, change: expm1(mean) * 100))
        }
        return steps
    }

    /// The steps of a count, which has no noise: wherever it is another one.
    ///
    /// - Parameter counts: nil where it was not the same in every round.
    static func steps(in counts: [Double?]) -> [HistoryStep] {
        counts.indices.dropFirst().compactMap { point in
            guard let before = counts[point - 1], let after = counts[point], before != after else { return nil }
            return HistoryStep(point: point, change: after - before)
        }
    }

    /// Where a change of level is in truth may be one beside where it seems to be: where the level changes most.
    private static func steepest(near place: Int, in logs: [Double]) -> Int {
        let possible = levelCommits...(logs.count - levelCommits)
        let near = (place - 1...place + 1).filter(possible.contains)
        return near.max { abs(logs[$0] - logs[$0 - 1]) < abs(logs[$1] - logs[$1 - 1]) } ?? place
    }
}
