import FoundationEssentials
import WebSocketWire

/// Reads JSON objects that clients and publishers send.
enum JSONBody {
    /// Decodes one JSON object in UTF-8.
    static func decode<T: Decodable>(_ type: T.Type, from bytes: UnsafeRawBufferPointer)
        throws(ValidationFailure) -> T
    {
        guard let object = trimmedObject(bytes) else { throw ValidationFailure("expected a JSON object") }
        do {
            return try JSONDecoder().decode(type, from: Data(object))
        } catch let error as DecodingError {
            throw ValidationFailure(error)
        } catch let error as ValidationFailure {
            throw error
        } catch {
            throw ValidationFailure("not valid JSON")
        }
    }

    static func decode<T: Decodable>(_ type: T.Type, from body: [UInt8]) throws(ValidationFailure) -> T {
        try body.span.withUnsafeBytes { bytes throws(ValidationFailure) in try decode(type, from: bytes) }
    }

    /// The object without the white space around it; nil where it cannot be one. Decoders guess at other encodings
    /// than UTF-8 (RFC 8259 §8.1 allows none), so those end here.
    static func trimmedObject(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        var start = 0
        var end = bytes.count
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        guard end - start >= 2, bytes[start] == UInt8(ascii: "{"), bytes[end - 1] == UInt8(ascii: "}") else {
            return nil
        }
        let object = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        var validator = UTF8Validator()
        guard validator.consume(object), validator.isComplete, JSONGrammar.accepts(object) else { return nil }
        return object
    }

    /// RFC 8259 §2.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
    }
}
