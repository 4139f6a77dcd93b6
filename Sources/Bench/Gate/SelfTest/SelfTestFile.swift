import FoundationEssentials
import Glibc
import Transport

/// The file of a self-test's runs: JSON lines, only ever added to.
enum SelfTestFile {
    /// Those of this gate's code and of the budgets that it has now; none where there is no file.
    ///
    /// - Throws: `SelfTestFailure` where a line is none of ours.
    static func read(_ path: String) throws(SelfTestFailure) -> [SelfTestRecord] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        let (records, badLine) = JSONLine.decoded(SelfTestRecord.self, Array(data))
        if let badLine { throw SelfTestFailure(description: "\(path), line \(badLine): expected a run of a self-test") }
        return records.filter {
            $0.gate == GateCode.digest && $0.budgetNanoseconds == Int($0.kind.budgetNanoseconds)
        }
    }

    static func append(_ record: SelfTestRecord, to path: String) throws {
        try OutputFile.append(try record.line(), to: path)
    }
}
