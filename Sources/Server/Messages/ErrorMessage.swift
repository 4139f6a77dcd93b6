/// An error that all clients are to hear of, as it is posted and as it is broadcast.
package enum ErrorMessage {
    /// The specification's error codes.
    enum Code: String, CaseIterable {
        case camera = "CAMERA_ERROR"
        case artificialIntelligence = "AI_ERROR"
        case network = "NETWORK_ERROR"
        case validation = "VALIDATION_ERROR"
        case rateLimit = "RATE_LIMIT"
    }

    /// Checks a posted error and makes the message of it; see `EnvelopedMessage`.
    ///
    /// - Throws: where `error` or `details` is no string, `code` is none of the specification's, or a `timestamp` is no
    ///   whole number of milliseconds from 0 on.
    package static func serialize(body: [UInt8], nowMilliseconds: Int64) throws(ValidationFailure) -> [UInt8] {
        try EnvelopedMessage.serialize(type: "error", body: body, nowMilliseconds: nowMilliseconds, check: check)
    }

    private static func check(_ data: JSONObject) throws(ValidationFailure) {
        try data.checkString("error")
        try data.checkString("details")
        _ = try data.choice("code", of: Code.self)
    }
}
