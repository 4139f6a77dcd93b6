/// What is made of a JSON object that a client or a publisher sends.
protocol JSONReadable {
    /// - Parameter object: its bytes are there during the call only.
    init(_ object: JSONObject) throws(ValidationFailure)
}
