/// Reads what clients and publishers send: one JSON object in UTF-8.
enum JSONBody {
    static func decode<Message: JSONReadable>(
        _ type: Message.Type, from bytes: UnsafeRawBufferPointer
    ) throws(ValidationFailure) -> Message {
        try Message(JSONObject(bytes))
    }

    static func decode<Message: JSONReadable>(
        _ type: Message.Type, from body: [UInt8]
    ) throws(ValidationFailure) -> Message {
        try body.span.withUnsafeBytes { bytes throws(ValidationFailure) in try decode(type, from: bytes) }
    }
}
