/// Answers AI requests where no AI service is configured: at once, always the same, so that the message flow can be
/// tried and measured without a model.
package enum BuiltInResponder {
    package static let model = "builtin"

    package static func respond(to query: String, nowMilliseconds: Int64) -> AIResponse {
        let response = "You asked: \(query) (The built-in responder answers without a model.)"
        return AIResponse(
            query: query, response: response, model: model, inferenceMilliseconds: 0,
            tokenCount: response.split(separator: " ").count, timestampMilliseconds: nowMilliseconds)
    }
}
