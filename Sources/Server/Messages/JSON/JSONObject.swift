import WebSocketWire

/// A JSON object that a client or a publisher sent, checked to the letter, with its members by name.
///
/// Points into the bytes it was made of: not to be kept beyond them. A look-up passes over the members; only those that
/// the specification knows are looked up. A reader rather than Foundation's decoder: that one accepts a comma before a
/// closing bracket, takes the first of two members of one name, and does not say which number it could not read.
struct JSONObject {
    /// From brace to brace, as it came.
    let bytes: UnsafeRawBufferPointer
    private let members: [JSONMember]
    /// What stands before the names of members in errors.
    private let pathPrefix: String

    /// - Throws: where `bytes` are not one object in UTF-8 with nothing but white space around it. Decoders guess at
    ///   other encodings; RFC 8259 §8.1 allows none.
    init(_ bytes: UnsafeRawBufferPointer) throws(ValidationFailure) {
        var start = 0
        var end = bytes.count
        while start < end, JSONGrammar.isSpace(bytes[start]) { start += 1 }
        while end > start, JSONGrammar.isSpace(bytes[end - 1]) { end -= 1 }
        let object = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        guard object.first == UInt8(ascii: "{"), object.last == UInt8(ascii: "}") else {
            throw ValidationFailure("expected a JSON object")
        }
        var validator = UTF8Validator()
        guard validator.consume(object), validator.isComplete else { throw ValidationFailure("not valid UTF-8") }
        self.bytes = object
        members = try JSONGrammar.members(of: object)
        pathPrefix = ""
    }

    /// An object in an object.
    ///
    /// - Throws: where `value` is none.
    init(_ value: JSONValue, expected: String) throws(ValidationFailure) {
        guard value.kind == .object else { throw value.failure(expected: expected) }
        bytes = value.bytes
        members = try JSONGrammar.members(of: value.bytes)
        pathPrefix = value.path + "."
    }

    /// nil where there is no such member.
    subscript(name: String) -> JSONValue? {
        guard let member = members.first(where: { $0.name.elementsEqual(name.utf8) }) else { return nil }
        return JSONValue(path: pathPrefix + name, bytes: member.value)
    }

    func member(
        _ name: String, expected: @autoclosure () -> String
    ) throws(ValidationFailure) -> JSONValue {
        guard let value = self[name] else {
            throw ValidationFailure("\(pathPrefix)\(name): expected \(expected()), found nothing")
        }
        return value
    }

    /// A member that is one of the names of an enumeration.
    func choice<Choice: CaseIterable & RawRepresentable>(
        _ name: String, of type: Choice.Type
    ) throws(ValidationFailure) -> Choice where Choice.RawValue == String {
        try member(name, expected: JSONValue.alternatives(type)).choice(of: type)
    }

    /// A member that is a string, which may be empty.
    func checkString(_ name: String) throws(ValidationFailure) {
        let expected = "a string"
        let value = try member(name, expected: expected)
        guard value.string != nil else { throw value.failure(expected: expected) }
    }

    /// A member that is a number within a range.
    func checkNumber(
        _ name: String, in range: ClosedRange<Double>, expected: String
    ) throws(ValidationFailure) {
        let value = try member(name, expected: expected)
        guard let number = value.number, range.contains(number) else { throw value.failure(expected: expected) }
    }
}
