/// The body of `POST /api/ai/infer`.
package struct AIRequest: JSONReadable {
    /// Not empty.
    package let query: String
    /// What the query is asked about: a string or an object, as the JSON it came as, to be handed on; nil where there
    /// is none.
    package let contextJSON: String?

    package init(parsing body: [UInt8]) throws(ValidationFailure) {
        self = try JSONBody.decode(AIRequest.self, from: body)
    }

    /// - Throws: where `query` is no string or an empty one, or `context` is anything but a string or an object.
    init(_ object: JSONObject) throws(ValidationFailure) {
        let expected = "a string that is not empty"
        let member = try object.member("query", expected: expected)
        guard let query = member.string, !query.isEmpty else { throw member.failure(expected: expected) }
        self.query = query
        guard let context = object["context"] else {
            contextJSON = nil
            return
        }
        guard context.string != nil || context.kind == .object else {
            throw context.failure(expected: "a string or an object")
        }
        contextJSON = String(decoding: context.bytes, as: UTF8.self)
    }
}
