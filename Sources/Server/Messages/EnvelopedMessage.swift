/// A broadcast message made of a request's body: the body itself, with the fields it has beyond those specified, in the
/// envelope of its type; a timestamp is added where there is none.
///
/// The one place that knows the envelope of what publishers post. Cost: one pass over the body, one copy of it.
enum EnvelopedMessage {
    /// - Parameters:
    ///   - type: the envelope's, one of the specification's.
    ///   - nowMilliseconds: since 1970, for a body without a timestamp.
    ///   - check: throws where a field of this type is missing or wrong. At least one field must be required.
    /// - Throws: what is wrong with the body: path of the field, what was expected, what was found.
    static func serialize(
        type: String, body: [UInt8], nowMilliseconds: Int64, check: (JSONObject) throws(ValidationFailure) -> Void
    ) throws(ValidationFailure) -> [UInt8] {
        try body.span.withUnsafeBytes { bytes throws(ValidationFailure) in
            try serialize(type, JSONObject(bytes), nowMilliseconds, check)
        }
    }

    private static func serialize(
        _ type: String, _ data: JSONObject, _ nowMilliseconds: Int64,
        _ check: (JSONObject) throws(ValidationFailure) -> Void
    ) throws(ValidationFailure) -> [UInt8] {
        try check(data)
        let timestamp = data["timestamp"]
        if let timestamp, (timestamp.wholeNumber ?? -1) < 0 {
            throw timestamp.failure(expected: "a whole number of milliseconds from 0 on")
        }
        var message: [UInt8] = []
        message.reserveCapacity(data.bytes.count + 80)
        message.append(contentsOf: #"{"type":"\#(type)","data":"#.utf8)
        if timestamp == nil {
            // Behind a member that `check` required.
            message.append(contentsOf: data.bytes.dropLast())
            message.append(contentsOf: #","timestamp":\#(nowMilliseconds)}"#.utf8)
        } else {
            message.append(contentsOf: data.bytes)
        }
        message.append(UInt8(ascii: "}"))
        return message
    }
}
