/// An HTTP/1.1 response to be sent.
package struct HTTPResponse: Equatable, Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(status: Int, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The bytes on the wire, with `Content-Length` and `Connection` added. Only 1xx and 204, which have no
    /// body, go without the length (RFC 9110 §8.6), and 1xx without `Connection` of ours. Control
    /// characters in fields become spaces, so that no value can add a line.
    /// - Parameters:
    ///   - keepAlive: whether the connection stays open for a further request.
    ///   - answersHEAD: leaves the body out, but not its length.
    package func serialized(keepAlive: Bool, answersHEAD: Bool = false) -> [UInt8] {
        let isInterim = status < 200
        let hasBody = !isInterim && status != 204 && status != 304 && !answersHEAD
        var fields = headers
        if !isInterim, status != 204 { fields.add("Content-Length", String(body.count)) }
        if !isInterim { fields.add("Connection", keepAlive ? "keep-alive" : "close") }
        var bytes = Array("HTTP/1.1 \(status) \(Self.reasonPhrase(status))\r\n".utf8)
        fields.append(to: &bytes)
        if hasBody { bytes.append(contentsOf: body) }
        return bytes
    }
}
