/// A detected gesture, as it is posted and as it is broadcast.
package enum GestureMessage {
    private struct Fields: Decodable {
        struct Position: Decodable {
            let x: Double
            let y: Double
        }

        enum CodingKeys: CodingKey { case type, position, confidence, timestamp }

        let confidence: Double
        let hasTimestamp: Bool

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            _ = try fields.decode(String.self, forKey: .type)
            _ = try fields.decode(Position.self, forKey: .position)
            confidence = try fields.decode(Double.self, forKey: .confidence)
            hasTimestamp = fields.contains(.timestamp)
            guard (0...1).contains(confidence) else {
                throw ValidationFailure("confidence: expected a number from 0 to 1, found \(confidence)")
            }
            if hasTimestamp, try fields.decode(Int64.self, forKey: .timestamp) < 0 {
                throw ValidationFailure("timestamp: expected milliseconds since 1970, found a negative number")
            }
        }
    }

    /// Checks a posted gesture and makes the message of it: the body itself, with the fields it has beyond those
    /// specified, inside the envelope; a timestamp is added where there is none.
    package static func serialize(body: [UInt8], nowMilliseconds: Int64) throws(ValidationFailure) -> [UInt8] {
        try body.span.withUnsafeBytes { bytes throws(ValidationFailure) in
            try serialize(bytes, nowMilliseconds)
        }
    }

    private static func serialize(
        _ body: UnsafeRawBufferPointer, _ nowMilliseconds: Int64
    ) throws(ValidationFailure) -> [UInt8] {
        let fields = try JSONBody.decode(Fields.self, from: body)
        guard let object = JSONBody.trimmedObject(body) else { throw ValidationFailure("expected a JSON object") }
        var message: [UInt8] = []
        message.reserveCapacity(object.count + 64)
        message.append(contentsOf: #"{"type":"gesture","data":"#.utf8)
        if fields.hasTimestamp {
            message.append(contentsOf: object)
        } else {
            message.append(contentsOf: object.dropLast())
            message.append(contentsOf: #","timestamp":\#(nowMilliseconds)}"#.utf8)
        }
        message.append(UInt8(ascii: "}"))
        return message
    }
}
