/// An incremental parser of HTTP/1 requests (RFC 9112), strict where leniency would let two readers of one
/// stream disagree.
///
/// A connection that is kept alive uses it for one request after the other, pipelined ones included. Input
/// may be split anywhere. Memory is bounded by `HTTPLimits`. After a violation it reads nothing more.
package struct HTTPRequestParser {
    private let limits: HTTPLimits
    private var head: HTTPHeadReader
    private var line: HTTPRequestLine?
    /// There once the head is complete.
    private var body: HTTPBodyReader?
    private var hasFailed = false
    private var awaitsContinue = false

    package init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
        head = HTTPHeadReader(limits: limits)
    }

    /// Whether the client waits for `100 Continue` (RFC 9110 §10.1.1): the head is complete and asks for
    /// it, and nothing of the body has come. Stays true until the body begins; answer once.
    package var expectsContinue: Bool { awaitsContinue && body?.hasBegun == false }

    /// The request under way without its body, once its head is complete; nil before that.
    package var headUnderWay: HTTPRequest? { body == nil ? nil : request(body: []) }

    /// Whether a part of a request was read and the rest is missing.
    package var hasBegun: Bool { head.readBytes > 0 }

    /// Bytes of that part, as far as they are kept.
    package var bufferedBytes: Int { head.readBytes + (body?.body.count ?? 0) }

    /// Reads `input` from `offset` on up to the end of one request, head and body; nil when the input is
    /// used up before it. What follows the request is left in the input.
    package mutating func next(
        in input: UnsafeRawBufferPointer, at offset: inout Int
    ) throws(HTTPViolation) -> HTTPRequest? {
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
            case .startLine: line = try HTTPRequestLine(parsing: head.startLine)
            case .end: try finishHead()
            }
        }
        return true
    }

    private mutating func finishHead() throws(HTTPViolation) {
        guard let line else { return }
        try Self.checkHost(head.headers, minorVersion: line.minorVersion)
        let framing = try HTTPBodyFraming(headers: head.headers, minorVersion: line.minorVersion)
        let body = try HTTPBodyReader(framing: framing, limits: limits)
        if line.minorVersion >= 1, let expectation = head.headers.first("Expect") {
            guard expectation.equalsIgnoringASCIICase("100-continue") else { throw .expectationFailed }
            awaitsContinue = framing != .absent && framing != .length(0)
        }
        self.body = body
    }

    /// RFC 9112 §3.2: exactly one Host, which HTTP/1.0 may leave out.
    private static func checkHost(_ headers: HTTPHeaders, minorVersion: Int) throws(HTTPViolation) {
        let hosts = headers.all("Host")
        guard hosts.count == 1 || (hosts.isEmpty && minorVersion == 0) else {
            throw .badRequest("The request has \(hosts.count) Host fields, expected one.")
        }
        guard hosts.allSatisfy({ $0.utf8.allSatisfy(HTTPGrammar.isAuthorityByte) }) else {
            throw .badRequest("The Host field has characters that are not allowed.")
        }
    }

    /// Hands out the complete request and makes ready for the next one.
    private mutating func finish() -> HTTPRequest? {
        guard let body, let request = request(body: body.body) else { return nil }
        self = HTTPRequestParser(limits: limits)
        return request
    }

    private func request(body: [UInt8]) -> HTTPRequest? {
        guard let line else { return nil }
        return HTTPRequest(
            method: line.method, path: line.path, query: line.query, minorVersion: line.minorVersion,
            headers: head.headers, body: body)
    }
}
