import FoundationEssentials
import Recording

/// A file of a server's runs, made by `gate --record` at one time or several, on one machine or several: schema
/// `broadside.baseline/1`.
package struct StoredBaseline: Codable, Sendable {
    package static let schemaName = "broadside.baseline/1"

    package var schema = Self.schemaName
    package var command: String
    package var runs: [BaselineRun]

    package init(command: String, runs: [BaselineRun]) {
        self.command = command
        self.runs = runs
    }

    /// - Throws: `BaselineFailure` where the file cannot be read or is something else.
    package static func read(_ path: String) throws(BaselineFailure) -> StoredBaseline {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw BaselineFailure(
                description: "\(path) cannot be read: make it with broadside gate --record --baseline-file \(path)")
        }
        guard let baseline = try? JSONDecoder().decode(StoredBaseline.self, from: data), baseline.schema == schemaName
        else { throw BaselineFailure(description: "\(path): expected a baseline (schema \(schemaName))") }
        return baseline
    }

    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    /// Those whose times compare with what is measured here.
    func runs(like key: BaselineKey) -> [BaselineRun] { runs.filter { $0.key == key } }

    /// The newest counts that were made with an interface to the kernel, or the newest at all.
    func exact(io: String) -> ExactFigures? { (runs.last { $0.exact.io == io } ?? runs.last)?.exact }
}
