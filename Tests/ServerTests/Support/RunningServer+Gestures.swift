import WebSocketWire

extension RunningServer {
    /// Posts a gesture of that type; the answer's body.
    func postGesture(_ type: String) throws -> String {
        let response = try request(
            "POST", "/api/gesture/process",
            json: #"{"type":"\#(type)","position":{"x":1,"y":2},"confidence":0.5}"#)
        guard response.status == 200 else { throw TestFailure("posting a gesture: \(response)") }
        return String(decoding: response.body, as: UTF8.self)
    }
}
