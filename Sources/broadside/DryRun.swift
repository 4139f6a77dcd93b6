import FoundationEssentials
import LoadGen

/// What a run would do, for those who only want to know whether it could.
enum DryRun {
    /// - Throws: `EncodingError` when a figure is not a finite number.
    static func text(_ plan: LoadPlan) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(plan.record), as: UTF8.self) + "\n"
    }
}
