import Testing

@testable import FuzzTargets

@Suite("Fuzzing: splits")
struct SplitsTests {
    private static let bytes: [UInt8] = [0, 2, 1, 0, 10, 20, 30]

    private func check(_ read: ([[UInt8]]) throws(FuzzFinding) -> Int) throws(FuzzFinding) -> Int {
        let input = Self.bytes.withUnsafeBytes { FuzzInput($0, settingsBytes: 4) }
        return try Splits.check(input, read)
    }

    @Test("a reader that adds up passes with what it makes of the whole")
    func passes() throws {
        let sum = try check { pieces throws(FuzzFinding) in pieces.joined().reduce(0) { $0 + Int($1) } }
        #expect(sum == 60)
    }

    @Test("a reader that counts pieces, or drops what follows the first, is found out")
    func found() {
        #expect(throws: FuzzFinding.self) { try check { pieces throws(FuzzFinding) in pieces.count } }
        #expect(throws: FuzzFinding.self) { try check { pieces throws(FuzzFinding) in pieces.first?.count ?? 0 } }
    }

    @Test("what a reader itself finds is passed on")
    func passedOn() {
        #expect(throws: FuzzFinding("broken")) {
            try check { _ throws(FuzzFinding) in throw FuzzFinding("broken") }
        }
    }
}
