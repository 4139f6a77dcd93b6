/// One connection of a case, with its bytes cut in one way.
struct ConformanceRun: Sendable {
    /// The chapter and the place in it, such as "2.5".
    let number: String
    let testCase: ConformanceCase
    let pieces: [[UInt8]]

    /// What to say where something else came of it.
    func complaint(_ found: ConformanceOutcome, received: [UInt8]) -> String {
        """
        \(number) \(testCase.sentence), in \(pieces.count) pieces, the first of \(pieces.first?.count ?? 0) bytes
        expected: \(testCase.expected)
        found: \(found)
        received: \(HexDump.text(of: received))
        """
    }
}
