import Recording

/// What a reader has to know before believing a comparison's figures; it travels with them.
package struct ComparisonWarning: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// An arm ended, or the comparison was interrupted: what there is comes from the time before.
        case endedEarly
        /// Servers and load have cores in common.
        case sharedCores
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

        /// What a line begins with that tells it of several arms.
        var heading: String? {
            switch self {
            case .coalescing:
                "coalesce differently (deliveries a read), so that CPU per delivery compares rounds of different sizes"
            case .uncharged: "done by the kernel's own thread (ksoftirqd) and charged to no process, a delivery"
            case .generatorBound: "generator-bound, so that deliveries/s measures the generator"
            case .setAside:
                "pairs set aside, as a core was missing for more than \(HumanFormat.percent(SliceRecord.disturbedLimit)) of one"
            case .endedEarly, .sharedCores, .notMeasured, .faults, .fewSets, .inconclusive: nil
            }
        }
    }

    package let kind: Kind
    /// Nil where it is about all of them.
    @ExplicitNull package private(set) var arm: String?
    /// One line for people.
    package let text: String
    /// The same in a few words, where several arms share a line that begins with the kind's heading.
    let brief: String

    init(_ kind: Kind, arm: String? = nil, brief: String = "", _ text: String) {
        self.kind = kind
        _arm = ExplicitNull(wrappedValue: arm)
        self.brief = brief
        self.text = text
    }

    /// One line for each kind that several arms have in common, the text for others.
    static func lines(_ warnings: [ComparisonWarning]) -> [String] {
        var seen: Set<Kind> = []
        return warnings.compactMap { warning in
            let alike = warnings.filter { $0.kind == warning.kind }
            guard let heading = warning.kind.heading, alike.count > 1 else { return warning.text }
            guard seen.insert(warning.kind).inserted else { return nil }
            return "\(heading): \(alike.map(\.brief).joined(separator: ", "))"
        }
    }
}
