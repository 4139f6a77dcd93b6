import FoundationEssentials
import Recording

/// What a suite has found.
package struct SuiteResult {
    private struct Document: Encodable {
        let schema: String
        let suite: String
        let startedAt: String
        let durationNanoseconds: Int
        let interrupted: Bool
        let machine: MachineDescription
        let rows: [TargetRow]
        let runs: [String]
    }

    package static let schemaName = "broadside.bench/1"

    package let suite: String
    package let startedAt: String
    package let durationNanoseconds: Int
    package let interrupted: Bool
    package let machine: MachineDescription
    package let rows: [TargetRow]
    /// The load runs behind the rows, each a result of its own.
    package let runs: [(name: String, result: RunResult)]

    package var toolExit: ToolExit {
        var exits = rows.map { row -> ToolExit in
            switch row.verdict {
            case .met, .shown: .pass
            case .notMet: .notMet
            case .invalid: .invalid
            }
        }
        if interrupted { exits.append(.failed) }
        return .mostSevere(exits)
    }

    /// The rows as JSON; the runs are files of their own beside it.
    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(
            schema: Self.schemaName, suite: suite, startedAt: startedAt,
            durationNanoseconds: durationNanoseconds, interrupted: interrupted, machine: machine, rows: rows,
            runs: runs.map { Self.fileName($0.name) })
        return Array(try encoder.encode(document))
    }

    package static func fileName(_ name: String) -> String {
        let words = name.lowercased().filter { $0 != "," }.map { $0.isLetter || $0.isNumber ? $0 : "-" }
        return "run-\(String(words)).json"
    }
}
