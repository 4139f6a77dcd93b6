import Recording

/// What all runs of a self-test say together: for each question how often the gate gave which answer, and how sure that
/// makes it.
package struct SelfTestPool: Sendable {
    /// The runs of one kind.
    package struct Tally: Sendable {
        package let kind: SelfTestKind
        package let runs: Int
        package let verdicts: [GateVerdict: Int]
        /// Of the runs with the wanted verdict; nil where there is none.
        package let medianNanoseconds: Int?

        /// Runs with a verdict.
        package func count(_ verdict: GateVerdict) -> Int { verdicts[verdict] ?? 0 }

        /// The share of runs with a verdict is at most this, with 95 %.
        package func upperBound(_ verdict: GateVerdict) -> Double {
            BinomialBound.upper(successes: count(verdict), trials: runs)
        }

        /// The share of runs with a verdict is at least this, with 95 %.
        package func lowerBound(_ verdict: GateVerdict) -> Double {
            BinomialBound.lower(successes: count(verdict), trials: runs)
        }
    }

    package let tallies: [Tally]

    /// - Parameter records: of one gate's code.
    package init(_ records: [SelfTestRecord]) {
        tallies = SelfTestKind.allCases.map { kind in
            let own = records.filter { $0.kind == kind }
            let wanted = own.filter { $0.verdict == kind.wanted }.map(\.durationNanoseconds).sorted()
            return Tally(
                kind: kind, runs: own.count,
                verdicts: Dictionary(own.map { ($0.verdict, 1) }, uniquingKeysWith: +),
                medianNanoseconds: wanted.isEmpty ? nil : wanted[wanted.count / 2])
        }
    }

    /// The kind that is furthest from its goal; nil where all have reached theirs.
    func next(of kinds: [SelfTestKind]) -> SelfTestKind? {
        let open = tallies.filter { kinds.contains($0.kind) && $0.runs < $0.kind.goal }
        return open.min { Double($0.runs) / Double($0.kind.goal) < Double($1.runs) / Double($1.kind.goal) }?.kind
    }
}
