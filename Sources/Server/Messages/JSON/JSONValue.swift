/// One value of a JSON object that the grammar has accepted, and where it stands. Points into the bytes of that object.
struct JSONValue {
    enum Kind {
        case string
        case number
        case object
        case array
        case boolean
        case null
    }

    /// For the one who reads an error: `position.x`, `channels[2]`.
    let path: String
    /// As it came, without white space around it; never empty.
    let bytes: UnsafeRawBufferPointer

    var kind: Kind {
        switch bytes.first ?? 0 {
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    /// nil where this is no string, or one that means no Unicode text: half a surrogate pair by itself (RFC 8259 §8.2).
    var string: String? {
        guard kind == .string else { return nil }
        return JSONText(UnsafeRawBufferPointer(rebasing: bytes.dropFirst().dropLast())).string
    }

    /// nil where this is no number, or one beyond the range of IEEE 754's double precision.
    var number: Double? {
        guard kind == .number, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// nil where this is no whole number, however written: `1e3` and `1000.0` are. Beyond 2^53 it must be digits alone.
    var wholeNumber: Int64? {
        guard kind == .number else { return nil }
        if let exact = Int64(text) { return exact }
        guard let number, number.magnitude <= 0x1p53 else { return nil }
        return Int64(exactly: number)
    }

    /// One of the names of an enumeration.
    func choice<Choice: CaseIterable & RawRepresentable>(
        of type: Choice.Type
    ) throws(ValidationFailure) -> Choice where Choice.RawValue == String {
        guard let string, let choice = Choice(rawValue: string) else {
            throw failure(expected: Self.alternatives(type))
        }
        return choice
    }

    /// The elements of an array; nil where this is none, or one of more than `limit`.
    func elements(atMost limit: Int) throws(ValidationFailure) -> [JSONValue]? {
        guard kind == .array else { return nil }
        let elements = try JSONGrammar.elements(of: bytes, first: limit + 1)
        guard elements.count <= limit else { return nil }
        return elements.indices.map { JSONValue(path: "\(path)[\($0)]", bytes: elements[$0]) }
    }

    func failure(expected: String) -> ValidationFailure {
        ValidationFailure("\(path): expected \(expected), found \(found)")
    }

    /// `a, b or c`.
    static func alternatives<Choice: CaseIterable & RawRepresentable>(
        _ type: Choice.Type
    ) -> String where Choice.RawValue == String {
        let names = type.allCases.map(\.rawValue)
        return names.dropLast().joined(separator: ", ") + " or " + names.suffix(1).joined()
    }

    private var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What is here, in at most some sixty characters.
    private var found: String {
        let isEmpty = bytes.dropFirst().dropLast().allSatisfy(JSONGrammar.isSpace)
        return switch kind {
        case .string: string.map { "\"\($0.prefix(64))\"" } ?? "half a surrogate pair"
        case .object: isEmpty ? "an empty object" : "an object"
        case .array: isEmpty ? "an empty array" : "an array"
        case .number, .boolean, .null: String(text.prefix(64))
        }
    }
}
