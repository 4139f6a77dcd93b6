import Recording

/// What a reader has to know before believing a comparison's figures; it travels with them.
package struct ComparisonWarning: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// An arm ended, or the comparison was interrupted: what there is comes from the time before.
        case endedEarly
        /// An arm has no slice under a load.
        case notMeasured
        /// An arm lost, repeated, reordered or changed deliveries.
        case faults
        /// An arm sends more or fewer messages together than the first one does.
        case coalescing
        /// A share of the work was done by the kernel's own thread, which is charged to nobody.
        case uncharged
        /// The generator was the limit of deliveries/s.
        case generatorBound
        /// Too few sets for an interval.
        case fewSets
        /// Some pairs of slices were disturbed and left out.
        case setAside
        /// Most of them were, or nothing is left to compare.
        case inconclusive
    }

    package let kind: Kind
    /// Nil where it is about all of them.
    @ExplicitNull package private(set) var arm: String?
    /// One line for people.
    package let text: String

    init(_ kind: Kind, arm: String? = nil, _ text: String) {
        self.kind = kind
        _arm = ExplicitNull(wrappedValue: arm)
        self.text = text
    }
}
