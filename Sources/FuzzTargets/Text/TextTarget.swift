import WebSocketWire

/// The incremental check of UTF-8, held against the standard library's.
enum TextTarget {
    static func check(_ input: FuzzInput) throws(FuzzFinding) {
        let isText = try Splits.check(input) { pieces throws(FuzzFinding) in isWellFormed(pieces) }
        let expected = String(validating: input.content, as: UTF8.self) != nil
        guard isText == expected else {
            throw FuzzFinding("expected well-formed to be \(expected), found \(isText)")
        }
    }

    private static func isWellFormed(_ pieces: [[UInt8]]) -> Bool {
        var validator = UTF8Validator()
        for piece in pieces {
            let isPossible = ExactMemory.withCopy(of: piece) { validator.consume(UnsafeRawBufferPointer($0)) }
            guard isPossible else { return false }
        }
        return validator.isComplete
    }
}
