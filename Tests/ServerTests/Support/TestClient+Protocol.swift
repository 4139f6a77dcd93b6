import WebSocketWire

/// What clients of `/` say and hear.
extension TestClient {
    /// Upgrades with further fields; the subprotocol that the server chose.
    @discardableResult
    func upgrade(
        _ path: String, subprotocols: [String] = [], extensions: String? = nil, headers: [(String, String)]
    ) throws -> String? {
        let upgrade = ClientUpgrade(
            host: "test", path: path, key: ClientUpgrade.key(from: (1, 2)), subprotocols: subprotocols,
            extensions: extensions, headers: headers)
        try write(upgrade.request())
        return try upgrade.validate(response())
    }

    func subscribe(to channels: String...) throws { try change("subscribe", channels) }

    func unsubscribe(from channels: String...) throws { try change("unsubscribe", channels) }

    /// Skips what comes before the answer.
    private func change(_ type: String, _ channels: [String]) throws {
        let list = channels.map { "\"\($0)\"" }.joined(separator: ",")
        try send("{\"type\":\"\(type)\",\"channels\":[\(list)]}")
        while try MessagesEndpointTests.Message(nextText()).type != "\(type)d" {}
    }

    /// The next text that is no announcement of the number of clients.
    func nextTextBesidesCounts() throws -> String {
        while true {
            let text = try nextText()
            if !text.contains(#""event":"connection_count","service":"broadside""#) { return text }
        }
    }

    /// Whether a client without `system` has been told nothing that it has not read: the answer to a change stands at
    /// its place in the order of all messages.
    func isToldNothing() throws -> Bool {
        try send(#"{"type":"unsubscribe","channels":["system"]}"#)
        return try MessagesEndpointTests.Message(nextText()).type == "unsubscribed"
    }
}
