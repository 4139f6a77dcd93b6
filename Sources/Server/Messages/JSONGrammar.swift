/// The grammar of JSON (RFC 8259), checked to the letter.
///
/// `JSONDecoder` takes a comma before a closing bracket and looks at what it does not decode only roughly; what the
/// server passes on unread must be JSON to everybody's parser. UTF-8 is checked elsewhere. Cost: one pass, no
/// allocation; recursion ends at `maximumDepth`.
struct JSONGrammar {
    static let maximumDepth = 128

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Whether `bytes` are one JSON value and nothing else, not even white space around it.
    static func accepts(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var grammar = JSONGrammar(bytes: bytes)
        return grammar.value(depth: 0) && grammar.position == bytes.count
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private mutating func value(depth: Int) -> Bool {
        guard depth < Self.maximumDepth, position < bytes.count else { return false }
        switch bytes[position] {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "t"): return literal("true")
        case UInt8(ascii: "f"): return literal("false")
        case UInt8(ascii: "n"): return literal("null")
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> Bool {
        position += 1
        skipSpace()
        if take("}") { return true }
        while true {
            guard string() else { return false }
            skipSpace()
            guard take(":") else { return false }
            skipSpace()
            guard value(depth: depth + 1) else { return false }
            skipSpace()
            if take("}") { return true }
            guard take(",") else { return false }
            skipSpace()
        }
    }

    private mutating func array(depth: Int) -> Bool {
        position += 1
        skipSpace()
        if take("]") { return true }
        while true {
            guard value(depth: depth + 1) else { return false }
            skipSpace()
            if take("]") { return true }
            guard take(",") else { return false }
            skipSpace()
        }
    }

    private mutating func string() -> Bool {
        guard take("\"") else { return false }
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard escape() else { return false }
            case 0..<0x20: return false
            default: break
            }
        }
        return false
    }

    private mutating func escape() -> Bool {
        guard position < bytes.count else { return false }
        let byte = bytes[position]
        position += 1
        guard byte == UInt8(ascii: "u") else { return #""\/bfnrt"#.utf8.contains(byte) }
        guard bytes.count - position >= 4 else { return false }
        position += 4
        return bytes[position - 4..<position].allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }

    private mutating func number() -> Bool {
        _ = take("-")
        guard take("0") || digits() else { return false }
        if take("."), !digits() { return false }
        guard take("e") || take("E") else { return true }
        _ = take("+") || take("-")
        return digits()
    }

    /// At least one.
    private mutating func digits() -> Bool {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        return position > start
    }

    private mutating func literal(_ word: StaticString) -> Bool {
        guard
            bytes.dropFirst(position).starts(
                with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { return false }
        position += word.utf8CodeUnitCount
        return true
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, JSONBody.isSpace(bytes[position]) { position += 1 }
    }
}
