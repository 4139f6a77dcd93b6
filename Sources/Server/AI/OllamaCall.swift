import FoundationEssentials

/// Ollama's `POST /api/generate` without streaming: its body, and its answer.
enum OllamaCall {
    private struct Reply: Decodable {
        let model: String?
        let response: String
        let totalDuration: Int64?
        let evalCount: Int?

        enum CodingKeys: String, CodingKey {
            case model, response
            case totalDuration = "total_duration"
            case evalCount = "eval_count"
        }
    }

    private struct Refusal: Decodable {
        let error: String
    }

    /// What the service made of a query.
    struct Answer: Equatable, Sendable {
        var response: String
        var model: String
        var inferenceMilliseconds: Int64
        var tokenCount: Int
    }

    /// - Parameter contextJSON: what the answer is to take into account, as `AIRequest` has it: sent as the system
    ///   prompt, an object as its text.
    static func body(model: String, query: String, contextJSON: String?) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("model", model)
            json.field("prompt", query)
            if let contextJSON {
                if contextJSON.utf8.first == UInt8(ascii: "\"") {
                    Array(contextJSON.utf8).withUnsafeBytes { json.field("system", json: $0) }
                } else {
                    json.field("system", contextJSON)
                }
            }
            json.field("stream", false)
        }
        return json.bytes
    }

    /// - Parameters:
    ///   - model: the one asked for, where the service does not name it.
    ///   - elapsedMilliseconds: what it took as seen from here, where the service does not say.
    static func answer(
        status: Int, body: Data, model: String, elapsedMilliseconds: Int64
    ) -> Result<Answer, AIFailure> {
        guard status == 200 else {
            let reason = (try? JSONDecoder().decode(Refusal.self, from: body))?.error ?? "no reason given"
            return .failure(.refused(status: status, reason: String(reason.prefix(500))))
        }
        let reply: Reply
        do { reply = try JSONDecoder().decode(Reply.self, from: body) } catch {
            return .failure(.unreadable("expected a JSON object with \"response\""))
        }
        return .success(
            Answer(
                response: reply.response, model: reply.model ?? model,
                inferenceMilliseconds: reply.totalDuration.map { max(0, $0 / 1_000_000) } ?? elapsedMilliseconds,
                tokenCount: max(0, reply.evalCount ?? 0)))
    }
}
