/// One figure that a gate compares: what it is called, which way is better, and whether it can decide.
package struct GateMetric: Hashable, Sendable {
    package enum Better: String, Codable, Sendable { case lower, higher }

    package enum Kind: String, Codable, Sendable {
        /// Measured, with an interval; decides.
        case timing
        /// Counted in lock step, the same in every run; decides.
        case exact
        /// Measured; decides only where asked, and where the run could see a change that matters.
        case shown
    }

    package let name: String
    package let kind: Kind
    package let better: Better
    /// `percent` for ratios, else what is counted.
    package let unit: String
    /// Without a decision about it there is none about the server.
    package let isRequired: Bool

    package init(
        _ name: String, _ kind: Kind, better: Better = .lower, unit: String = "percent", isRequired: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.better = better
        self.unit = unit
        self.isRequired = isRequired
    }
}
