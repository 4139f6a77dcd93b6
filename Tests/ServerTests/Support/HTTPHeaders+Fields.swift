import WebSocketWire

extension HTTPHeaders {
    static func fields(_ fields: [(String, String)]) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for (name, value) in fields { headers.add(name, value) }
        return headers
    }
}
