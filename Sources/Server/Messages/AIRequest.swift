/// The body of `POST /api/ai/infer`.
struct AIRequest: Decodable {
    let query: String
}
