import WebSocketWire

/// What a parser of HTTP messages makes of a stream, told without the input's splits. That it keeps to its limits is
/// checked on the way.
struct HTTPTranscript<Parser: HTTPMessageParser>: Equatable {
    private(set) var messages: [Parser.Message] = []
    private(set) var violation: HTTPViolation?
    /// Whether a message is under way at the end.
    private(set) var isWithinMessage = false

    /// - Throws: `FuzzFinding` where a message is beyond the limits, or anything is read after a violation.
    init(_ pieces: [[UInt8]], limits: HTTPLimits) throws(FuzzFinding) {
        var parser = Parser(limits: limits)
        for piece in pieces {
            try ExactMemory.withCopy(of: piece) { input throws(FuzzFinding) in
                try read(UnsafeRawBufferPointer(input), &parser, limits)
            }
        }
        isWithinMessage = violation == nil && parser.hasBegun
    }

    private mutating func read(
        _ input: UnsafeRawBufferPointer, _ parser: inout Parser, _ limits: HTTPLimits
    ) throws(FuzzFinding) {
        let hadViolation = violation != nil
        var offset = 0
        while let message = next(in: input, at: &offset, of: &parser) {
            guard !hadViolation, (0...input.count).contains(offset) else {
                throw FuzzFinding("expected no message after a violation or beyond the input, found \(message)")
            }
            guard message.headers.count <= limits.headerCount, message.body.count <= limits.bodyBytes else {
                throw FuzzFinding("expected a message within \(limits), found \(message)")
            }
            messages.append(message)
        }
        let hasJustFailed = violation != nil && !hadViolation
        guard offset == input.count || hasJustFailed else {
            throw FuzzFinding("expected all \(input.count) bytes to be read, found \(offset)")
        }
    }

    /// Nil where the input is used up, and where there is a violation, which is noted.
    private mutating func next(
        in input: UnsafeRawBufferPointer, at offset: inout Int, of parser: inout Parser
    ) -> Parser.Message? {
        do throws(HTTPViolation) {
            return try parser.next(in: input, at: &offset)
        } catch {
            violation = error
            return nil
        }
    }
}
