import WebSocketWire

/// One line of the table: what the peer sends, and what has to come of it.
struct ConformanceCase: Sendable {
    let sentence: String
    let frames: [ConformanceFrame]
    let expected: ConformanceOutcome
    let chunking: Chunking
    /// Nil where compression is not negotiated.
    let terms: CompressionTerms?
    /// The roles of the program that the case is for.
    let roles: [Role]

    /// - Parameters:
    ///   - sentence: what is sent, and what is particular about it.
    ///   - end: `staysOpen`, `closed` or `dropped`.
    init(
        _ sentence: String, _ frames: [ConformanceFrame], answers: [ConformanceAnswer] = [],
        end: ConformanceEnd = .staysOpen, chunking: Chunking = .whole, terms: CompressionTerms? = nil,
        roles: [Role] = [.server, .client]
    ) {
        self.sentence = sentence
        self.frames = frames
        expected = ConformanceOutcome(answers: answers, end: end)
        self.chunking = chunking
        self.terms = terms
        self.roles = roles
    }

    func bytes(to program: Role) -> [UInt8] { frames.flatMap { $0.bytes(to: program) } }
}
