/// The grammar of JSON (RFC 8259), checked to the letter.
///
/// What the server passes on unread must be JSON to everybody's parser and mean the same to each. So a name that an
/// object has twice is an error, at any depth: some readers take the first value and some the last (RFC 8259 §4).
/// UTF-8 is checked elsewhere. Cost: one pass and an array of the members, those of finished inner objects left out;
/// names are hashed where an object has more than a few. Recursion ends at `maximumDepth`.
struct JSONGrammar {
    /// How many arrays and objects may stand in one another.
    static let maximumDepth = 128
    /// How many members an object may have: a loop that reads a message serves nobody else meanwhile, and names take the
    /// longest.
    static let maximumMembers = 10_000
    /// How long a name may be as it is written: longer ones with much in common would take as long to compare.
    static let maximumNameBytes = 1_024
    /// So many names are compared each with each.
    private static let fewNames = 6

    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    /// Of the objects under way, those of the innermost last.
    private var members: [JSONMember] = []

    /// The members of an object, in order.
    ///
    /// - Parameter object: from brace to brace, without white space around it.
    /// - Throws: where it is not that, at any depth.
    static func members(of object: UnsafeRawBufferPointer) throws(ValidationFailure) -> [JSONMember] {
        var grammar = JSONGrammar(object)
        try grammar.object(depth: 0)
        try grammar.end()
        return grammar.members
    }

    /// The first elements of an array, in order.
    ///
    /// - Parameters:
    ///   - array: from bracket to bracket, without white space around it.
    ///   - limit: how many to return; the others are only checked.
    /// - Throws: where it is not that, at any depth.
    static func elements(
        of array: UnsafeRawBufferPointer, first limit: Int
    ) throws(ValidationFailure) -> [UnsafeRawBufferPointer] {
        var grammar = JSONGrammar(array)
        var elements: [UnsafeRawBufferPointer] = []
        try grammar.array(depth: 0) { if elements.count < limit { elements.append($0) } }
        try grammar.end()
        return elements
    }

    /// RFC 8259 §2.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
    }

    private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private var invalid: ValidationFailure { ValidationFailure("not valid JSON at byte \(position)") }

    private func end() throws(ValidationFailure) {
        guard position == bytes.count else { throw invalid }
    }

    private mutating func value(depth: Int) throws(ValidationFailure) -> UnsafeRawBufferPointer {
        let start = position
        guard start < bytes.count else { throw invalid }
        switch bytes[start] {
        case UInt8(ascii: "{"):
            let known = members.count
            try object(depth: depth)
            members.removeLast(members.count - known)
        case UInt8(ascii: "["): try array(depth: depth) { _ in }
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: try number()
        }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    /// Leaves the object's members behind those that are there.
    private mutating func object(depth: Int) throws(ValidationFailure) {
        let first = members.count
        try enter("{", depth: depth)
        guard !take("}") else { return }
        repeat {
            skipSpace()
            let start = position
            let name = try string()
            guard position - start - 2 <= Self.maximumNameBytes else {
                throw ValidationFailure("a name of more than \(Self.maximumNameBytes) bytes")
            }
            skipSpace()
            try expect(":")
            skipSpace()
            let content = try value(depth: depth + 1)
            members.append(JSONMember(name: name, value: content))
            guard members.count - first <= Self.maximumMembers else {
                throw ValidationFailure("more than \(Self.maximumMembers) members in one object")
            }
            skipSpace()
        } while take(",")
        try expect("}")
        if let name = repeatedName(from: first) {
            throw ValidationFailure("\((name.string ?? "").prefix(64)): given twice in one object")
        }
    }

    private mutating func array(
        depth: Int, each body: (UnsafeRawBufferPointer) -> Void
    ) throws(ValidationFailure) {
        try enter("[", depth: depth)
        guard !take("]") else { return }
        repeat {
            skipSpace()
            body(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        try expect("]")
    }

    private mutating func enter(_ bracket: Unicode.Scalar, depth: Int) throws(ValidationFailure) {
        guard depth < Self.maximumDepth else {
            throw ValidationFailure("nested more than \(Self.maximumDepth) levels deep")
        }
        try expect(bracket)
        skipSpace()
    }

    private func repeatedName(from first: Int) -> JSONText? {
        guard members.count - first > Self.fewNames else {
            for index in first..<members.count {
                let name = members[index].name
                if members[first..<index].contains(where: { $0.name == name }) { return name }
            }
            return nil
        }
        var names: Set<JSONText> = []
        for member in members[first...] {
            guard names.insert(member.name).inserted else { return member.name }
        }
        return nil
    }

    private mutating func string() throws(ValidationFailure) -> JSONText {
        try expect("\"")
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let content = UnsafeRawBufferPointer(rebasing: bytes[start..<position])
                position += 1
                return JSONText(content)
            case UInt8(ascii: "\\"):
                position += 1
                try escape()
            case 0..<0x20:
                throw invalid
            default:
                position += 1
            }
        }
        throw invalid
    }

    /// What comes behind a backslash.
    private mutating func escape() throws(ValidationFailure) {
        guard position < bytes.count, #""\/bfnrtu"#.utf8.contains(bytes[position]) else { throw invalid }
        let isCodeUnit = bytes[position] == UInt8(ascii: "u")
        position += 1
        guard isCodeUnit else { return }
        for _ in 0..<4 {
            guard position < bytes.count, Character(UnicodeScalar(bytes[position])).isHexDigit else { throw invalid }
            position += 1
        }
    }

    private mutating func number() throws(ValidationFailure) {
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        guard take("e") || take("E") else { return }
        _ = take("+") || take("-")
        try digits()
    }

    /// At least one.
    private mutating func digits() throws(ValidationFailure) {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        guard position > start else { throw invalid }
    }

    private mutating func literal(_ word: StaticString) throws(ValidationFailure) {
        guard
            bytes.dropFirst(position).starts(
                with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { throw invalid }
        position += word.utf8CodeUnitCount
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(ValidationFailure) {
        guard take(character) else { throw invalid }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }
}
