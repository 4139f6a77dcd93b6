/// The promise of every reader of a stream: what it finds does not depend on where the input is split.
enum Splits {
    /// Reads the content whole, in the input's pieces and in single bytes.
    ///
    /// - Parameter read: what is made of the pieces, given one after the other.
    /// - Returns: what is made of the whole.
    static func check<Transcript: Equatable>(
        _ input: FuzzInput, _ read: ([[UInt8]]) throws(FuzzFinding) -> Transcript
    ) throws(FuzzFinding) -> Transcript {
        let whole = try read([input.content])
        for pieces in [input.pieces, input.singleBytes] {
            let split = try read(pieces)
            guard split == whole else {
                throw FuzzFinding("expected the same of \(pieces.count) pieces as of one: \(whole), found: \(split)")
            }
        }
        return whole
    }
}
