/// A message for one client: the body of `POST /api/clients/{id}/messages`, any JSON object.
package enum TargetedMessage {
    /// The object as it was sent, without the white space around it.
    ///
    /// - Throws: where the body is no JSON object in UTF-8.
    package static func serialize(body: [UInt8]) throws(ValidationFailure) -> [UInt8] {
        try body.span.withUnsafeBytes { bytes throws(ValidationFailure) in try Array(JSONObject(bytes).bytes) }
    }
}
