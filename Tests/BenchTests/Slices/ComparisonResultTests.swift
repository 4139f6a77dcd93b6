import FoundationEssentials
import Recording
import Testing

@testable import Bench

@Suite("ComparisonResult")
struct ComparisonResultTests {
    private var comparison: Comparison {
        SyntheticComparison(arms: [.init(name: "ours"), .init(name: "theirs")], sets: 6, blocks: 4).made()
    }

    @Test("one document holds the raw records and the analysis, and comes back")
    func coding() throws {
        struct Document: Decodable {
            let schema: String
            let sets: [SliceSet]
            let analysis: ComparisonAnalysis
        }
        let result = try ComparisonResult(comparison)
        let json = try result.encoded()
        let document = try JSONDecoder().decode(Document.self, from: Data(json))
        #expect(document.schema == "broadside.comparison/1")
        #expect(document.sets.count == 6)
        #expect(document.analysis == result.analysis)
        #expect(try ComparisonResult.decode(json).analysis == result.analysis)
    }

    @Test("another schema is refused")
    func otherSchema() throws {
        var other = comparison
        other.schema = "broadside.run/1"
        let json = try ComparisonResult(other).encoded()
        #expect(throws: DecodingError.self) { try ComparisonResult.decode(json) }
    }

    @Test("what went wrong decides the exit code")
    func exitCodes() throws {
        let exit = { (change: (inout Comparison) -> Void) in
            var comparison = self.comparison
            change(&comparison)
            return try ComparisonResult(comparison).toolExit
        }
        #expect(try exit { _ in } == .pass)
        #expect(try exit { $0.sets.removeLast() } == .pass)
        #expect(try exit { $0.sets[0].slices[0].faults = 1 } == .invalid)
        #expect(try exit { $0.failure = "arm 'theirs': it ended (exit code 1)" } == .invalid)
        #expect(try exit { $0.interrupted = true } == .failed)
        let disturb = { (comparison: inout Comparison) in
            for set in comparison.sets.indices {
                for slice in comparison.sets[set].slices.indices {
                    comparison.sets[set].slices[slice].stealNanoseconds = 30_000_000
                }
            }
        }
        #expect(try exit(disturb) == .inconclusive)
        #expect(
            try exit {
                disturb(&$0)
                $0.sets[0].slices[0].faults = 1
            } == .invalid)
    }
}
