/// Collects the head of an HTTP/1 message: the start line and the fields (RFC 9112 §2, §5).
struct HTTPHeadReader {
    enum Step {
        /// The start line is in `startLine`.
        case startLine
        /// The empty line has come; `headers` are complete.
        case end
    }

    private let limits: HTTPLimits
    private var reader = HTTPLineReader()
    private var budgetBytes: Int
    private var hasStartLine = false
    private var skippedEmptyLine = false
    private(set) var headers = HTTPHeaders()

    init(limits: HTTPLimits) {
        self.limits = limits
        budgetBytes = limits.headBytes
    }

    /// Bytes of the head read so far.
    var readBytes: Int { limits.headBytes - budgetBytes }

    /// Valid from the step `startLine` to the next call.
    var startLine: [UInt8] { reader.line }

    /// Reads up to the next step; nil when the input is used up before it.
    mutating func read(
        in input: UnsafeRawBufferPointer, at offset: inout Int
    ) throws(HTTPViolation) -> Step? {
        while try reader.readLine(
            in: input, at: &offset, budgetBytes: &budgetBytes, tooLong: .headTooLarge)
        {
            guard hasStartLine else {
                // Some clients send an empty line after a body (RFC 9112 §2.2).
                if reader.line.isEmpty, !skippedEmptyLine {
                    skippedEmptyLine = true
                    budgetBytes = limits.headBytes
                    continue
                }
                hasStartLine = true
                return .startLine
            }
            if reader.line.isEmpty { return .end }
            guard headers.count < limits.headerCount else { throw .headTooLarge }
            let field = try Self.field(reader.line)
            headers.add(field.name, field.value)
        }
        return nil
    }

    /// One field line: no folding, no space before the colon, no control characters.
    static func field(_ line: [UInt8]) throws(HTTPViolation) -> HTTPHeaders.Field {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
            throw .badRequest("A header field has no colon.")
        }
        let name = line[..<colon]
        guard HTTPGrammar.isToken(name) else {
            throw .badRequest("A header field's name has characters that are not allowed, or is folded.")
        }
        let value = HTTPGrammar.trimmed(line[(colon + 1)...])
        guard value.allSatisfy(HTTPGrammar.isFieldValueByte) else {
            throw .badRequest("A header field's value has control characters.")
        }
        return HTTPHeaders.Field(
            name: String(decoding: name, as: UTF8.self), value: String(decoding: value, as: UTF8.self))
    }
}
