/// What came of a case, or what should.
struct ConformanceOutcome: Equatable, Sendable {
    var answers: [ConformanceAnswer]
    var end: ConformanceEnd
}

extension ConformanceOutcome: CustomStringConvertible {
    var description: String {
        let lines = answers.map(\.description) + ["\(end)"]
        return lines.joined(separator: ", ")
    }
}
