/// Cuts lines out of input that may be split anywhere. Lines end with CR LF; either of them alone is refused,
/// because peers that disagree about line ends disagree about where a message ends.
struct HTTPLineReader {
    /// The line under way, or the complete one until the next call, without its end.
    private(set) var line: [UInt8] = []
    private var isComplete = false
    private var sawCarriageReturn = false

    /// Reads up to the end of the line; false when the input is used up before it.
    /// - Parameter budgetBytes: how many bytes may still be read, line ends included; counted down.
    /// - Throws: `tooLong` when the budget does not reach, `badRequest` for a bare CR or LF.
    mutating func readLine(
        in input: UnsafeRawBufferPointer, at offset: inout Int, budgetBytes: inout Int,
        tooLong: HTTPViolation
    ) throws(HTTPViolation) -> Bool {
        if isComplete {
            line.removeAll(keepingCapacity: true)
            isComplete = false
        }
        while offset < input.count {
            guard budgetBytes > 0 else { throw tooLong }
            let byte = input[offset]
            offset += 1
            budgetBytes -= 1
            if sawCarriageReturn {
                guard byte == HTTPGrammar.lineFeed else {
                    throw .badRequest("A carriage return is not followed by a line feed.")
                }
                sawCarriageReturn = false
                isComplete = true
                return true
            }
            switch byte {
            case HTTPGrammar.carriageReturn: sawCarriageReturn = true
            case HTTPGrammar.lineFeed:
                throw .badRequest("A line ends with a line feed alone, expected CR LF.")
            default: line.append(byte)
            }
        }
        return false
    }
}
