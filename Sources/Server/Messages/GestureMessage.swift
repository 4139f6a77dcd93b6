/// A detected gesture, as it is posted and as it is broadcast.
package enum GestureMessage {
    /// Checks a posted gesture and makes the message of it; see `EnvelopedMessage`.
    ///
    /// - Throws: where `type` is no string, `position` has no finite `x` and `y`, `confidence` is not within 0...1, or
    ///   a `timestamp` is no whole number of milliseconds from 0 on.
    package static func serialize(body: [UInt8], nowMilliseconds: Int64) throws(ValidationFailure) -> [UInt8] {
        try EnvelopedMessage.serialize(type: "gesture", body: body, nowMilliseconds: nowMilliseconds, check: check)
    }

    private static func check(_ data: JSONObject) throws(ValidationFailure) {
        try data.checkString("type")
        let expected = "an object with the numbers x and y"
        let position = try JSONObject(data.member("position", expected: expected), expected: expected)
        let finite = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
        try position.checkNumber("x", in: finite, expected: "a finite number")
        try position.checkNumber("y", in: finite, expected: "a finite number")
        try data.checkNumber("confidence", in: 0...1, expected: "a number from 0 to 1")
    }
}
