import Testing
import WebSocketWire

/// A part of the table.
enum ConformanceChapter: Int, CaseIterable, Sendable {
    case messages = 1
    case pings
    case reservedBits
    case opcodes
    case fragments
    case text
    case invalidText
    case closing
    case lengths
    case masking
    case compression
    case compressionTerms
    case brokenCompression

    var cases: [ConformanceCase] {
        switch self {
        case .messages: ConformanceTable.messages
        case .pings: ConformanceTable.pings
        case .reservedBits: ConformanceTable.reservedBits
        case .opcodes: ConformanceTable.opcodes
        case .fragments: ConformanceTable.fragments + ConformanceTable.brokenFragments
        case .text: ConformanceTable.text
        case .invalidText: ConformanceTable.invalidText
        case .closing: ConformanceTable.closing + ConformanceTable.brokenClosing
        case .lengths: ConformanceTable.lengths
        case .masking: ConformanceTable.masking
        case .compression: ConformanceTable.compression
        case .compressionTerms: ConformanceTable.compressionTerms
        case .brokenCompression: ConformanceTable.brokenCompression
        }
    }

    /// The connections that its cases take against one role of the program. A case has the same number for both.
    func runs(of program: Role) -> [ConformanceRun] {
        cases.enumerated().flatMap { index, testCase -> [ConformanceRun] in
            guard testCase.roles.contains(program) else { return [] }
            return testCase.chunking.deliveries(of: testCase.bytes(to: program)).map { pieces in
                ConformanceRun(number: "\(rawValue).\(index + 1)", testCase: testCase, pieces: pieces)
            }
        }
    }
}

extension ConformanceChapter: CustomTestStringConvertible {
    var testDescription: String { "\(rawValue) \(self)" }
}
