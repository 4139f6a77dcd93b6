import Recording

/// What a comparison says about its arms under one load.
package struct LoadAnalysis: Codable, Equatable, Sendable {
    package let load: SliceLoad
    /// Fresh sets of processes that were measured under it.
    package let sets: Int
    /// In the comparison's order, the one that the others are compared with first.
    package let arms: [ArmAnalysis]
    package let warnings: [ComparisonWarning]

    /// - Throws: `HistogramDecodingError` where a record is damaged.
    init(_ load: SliceLoad, _ sets: [SliceSet], arms names: [String]) throws(HistogramDecodingError) {
        let completions = try SetCompletions(sets)
        let arms = names.enumerated().map { arm, name in
            ArmAnalysis(name, sets, arm: arm, completions: completions)
        }
        self.load = load
        self.sets = sets.count
        self.arms = arms
        warnings = Self.warnings(arms)
    }
}
