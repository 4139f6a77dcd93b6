/// An incremental parser of HTTP/1 responses (RFC 9112), for a client that asks for an upgrade.
///
/// Interim responses other than 101 are skipped. A body is read by `Content-Length` or in chunks; a response
/// that gives neither would end with the connection, and is handed out without its body. Input may be split
/// anywhere. After a violation it reads nothing more.
package struct HTTPResponseParser {
    private let limits: HTTPLimits
    private var head: HTTPHeadReader
    private var status = 0
    private var minorVersion = 1
    private var reason = ""
    /// There once the head is complete.
    private var body: HTTPBodyReader?
    private var hasFailed = false

    package init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
        head = HTTPHeadReader(limits: limits)
    }

    /// Whether a part of a response was read and the rest is missing.
    package var hasBegun: Bool { head.readBytes > 0 }

    /// Reads `input` from `offset` on up to the end of one response; nil when the input is used up before it.
    /// What follows, such as the first frames after a 101, is left in the input.
    package mutating func next(
        in input: UnsafeRawBufferPointer, at offset: inout Int
    ) throws(HTTPViolation) -> HTTPClientResponse? {
        guard !hasFailed else {
            offset = input.count
            return nil
        }
        do throws(HTTPViolation) {
            guard try readHead(in: input, at: &offset),
                try body?.read(in: input, at: &offset) == true
            else { return nil }
            return finish()
        } catch {
            hasFailed = true
            throw error
        }
    }

    /// True once the head is complete.
    private mutating func readHead(
        in input: UnsafeRawBufferPointer, at offset: inout Int
    ) throws(HTTPViolation) -> Bool {
        while body == nil {
            switch try head.read(in: input, at: &offset) {
            case nil: return false
            case .startLine: try readStatusLine(head.startLine)
            case .end: try finishHead()
            }
        }
        return true
    }

    /// RFC 9112 §4: the reason may be empty, and some servers leave out the space in front of it.
    private mutating func readStatusLine(_ line: [UInt8]) throws(HTTPViolation) {
        let words = line.split(
            separator: HTTPGrammar.space, maxSplits: 2, omittingEmptySubsequences: false)
        minorVersion = try HTTPVersion.minor(words[0])
        guard words.count >= 2, words[1].count == 3, let status = HTTPGrammar.decimal(words[1]), status >= 100
        else {
            throw .badRequest("The status line is malformed, expected: HTTP/1.1 STATUS REASON")
        }
        self.status = status
        reason = ""
        guard words.count == 3 else { return }
        guard words[2].allSatisfy(HTTPGrammar.isFieldValueByte) else {
            throw .badRequest("The status line has control characters.")
        }
        reason = String(decoding: words[2], as: UTF8.self)
    }

    private mutating func finishHead() throws(HTTPViolation) {
        if status < 200, status != 101 {
            self = HTTPResponseParser(limits: limits)
            return
        }
        let hasNoBody = status == 101 || status == 204 || status == 304
        let framing =
            hasNoBody
            ? HTTPBodyFraming.absent
            : try HTTPBodyFraming(headers: head.headers, minorVersion: minorVersion)
        body = try HTTPBodyReader(framing: framing, limits: limits)
    }

    /// Hands out the complete response and makes ready for the next one.
    private mutating func finish() -> HTTPClientResponse? {
        guard let body else { return nil }
        let response = HTTPClientResponse(
            status: status, reason: reason, headers: head.headers, body: body.body)
        self = HTTPResponseParser(limits: limits)
        return response
    }
}
