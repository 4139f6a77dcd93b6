import WebSocketWire

extension HTTPRequest {
    /// Whether the body says that it is JSON: `application/json`, with or without parameters.
    var hasJSONBody: Bool {
        guard let value = headers.first("Content-Type") else { return false }
        let mediaType = value.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
        return mediaType.lowercased() == "application/json"
    }
}
