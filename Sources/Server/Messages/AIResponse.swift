import Recording

/// An answer of the AI service: broadcast to its subscribers and given to the one who asked.
package struct AIResponse {
    package let query: String
    package let response: String
    package let model: String
    package let inferenceMilliseconds: Int64
    package let tokenCount: Int
    package let timestampMilliseconds: Int64

    package init(
        query: String, response: String, model: String, inferenceMilliseconds: Int64, tokenCount: Int,
        timestampMilliseconds: Int64
    ) {
        self.query = query
        self.response = response
        self.model = model
        self.inferenceMilliseconds = inferenceMilliseconds
        self.tokenCount = tokenCount
        self.timestampMilliseconds = timestampMilliseconds
    }

    /// What the AI service answered just now.
    init(to query: String, _ answer: OllamaCall.Answer) {
        self.init(
            query: query, response: answer.response, model: answer.model,
            inferenceMilliseconds: answer.inferenceMilliseconds, tokenCount: answer.tokenCount,
            timestampMilliseconds: WallClock.millisecondsSinceEpoch())
    }

    /// The data object, as the HTTP answer carries it.
    package func serializedData() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("query", query)
            json.field("response", response)
            json.objectField("metadata") { json in
                json.field("model", model)
                json.field("inferenceTime", inferenceMilliseconds)
                json.field("tokenCount", Int64(tokenCount))
            }
            json.field("timestamp", timestampMilliseconds)
        }
        return json.bytes
    }

    /// The broadcast message around that data.
    package static func message(data: [UInt8]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "ai_response")
            data.withUnsafeBytes { json.field("data", json: $0) }
        }
        return json.bytes
    }
}
