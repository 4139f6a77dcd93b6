/// A message with places that differ from one to the next, compiled into literal text and what stands between it.
///
/// Placeholders stand in double braces: `{{stamp}}`, `{{client}}` (its number), `{{sequence}}` (of its messages, from
/// 0), `{{random}}` (16 hexadecimal digits, `{{random:N}}` for N of them), and `{{NAME}}` for a column of the data.
/// These names go before columns'. All else is literal, single braces and `}}` outside a placeholder too; of more than
/// two opening braces in a row the last two count. Values are put in as they are: what a JSON string needs escaped has
/// to be escaped in the data.
///
/// Cost: writing a message is a copy of each literal and about a nanosecond a byte for what is computed; no allocation.
package struct MessageTemplate: Equatable, Sendable {
    enum Part: Equatable, Sendable {
        /// A range of the template's own text.
        case literal(Range<Int>)
        case stamp
        case client
        case sequence
        case random(digits: Int)
        case column(Int)
    }

    package static let maximumRandomDigits = 1 << 20
    private static let defaultRandomDigits = 16
    private static let hexadecimalDigits = Array("0123456789abcdef".utf8)

    package let text: [UInt8]
    let parts: [Part]
    /// Of all that has the same length in every message.
    private let fixedByteCount: Int

    /// - Parameters:
    ///   - text: the template's; a message may be of any bytes.
    ///   - columns: names of the data's, without which there are no placeholders for them.
    package init(parsing text: [UInt8], columns: [String] = []) throws(MessageTemplateError) {
        var parts: [Part] = []
        var position = 0
        while let opening = Self.opening(in: text, from: position) {
            if opening > position { parts.append(.literal(position..<opening)) }
            guard let closing = Self.closing(in: text, from: opening + 2) else {
                throw .unclosed(byteOffset: opening)
            }
            parts.append(try Self.part(named: Self.name(text[(opening + 2)..<closing]), columns))
            position = closing + 2
        }
        if position < text.count { parts.append(.literal(position..<text.count)) }
        self.text = text
        self.parts = parts
        fixedByteCount = parts.reduce(0) { $0 + Self.fixedByteCount(of: $1) }
    }

    /// Checks a template of what is published.
    package func checkPublishable() throws(MessageTemplateError) {
        guard parts.contains(.stamp) else { throw .withoutStamp }
    }

    /// Checks a template of what is sent once and not accounted for.
    package func checkUnpublished() throws(MessageTemplateError) {
        if parts.contains(.stamp) { throw .notPublished("stamp") }
        if parts.contains(.sequence) { throw .notPublished("sequence") }
    }

    /// Whether something in it comes from the data.
    package var hasColumns: Bool {
        parts.contains { if case .column = $0 { true } else { false } }
    }

    /// The size of a message.
    package func byteCount(_ values: MessageValues, _ data: DataTable?) -> Int {
        var count = fixedByteCount
        for part in parts {
            switch part {
            case .literal, .stamp, .random: break
            case .client: count += DecimalText.byteCount(of: values.client)
            case .sequence: count += DecimalText.byteCount(of: values.sequence)
            case .column(let column): count += data?.byteCount(row: values.row, column: column) ?? 0
            }
        }
        return count
    }

    /// Writes a message.
    ///
    /// - Parameters:
    ///   - data: the table whose columns the template was compiled with.
    ///   - buffer: `byteCount` long for the same values; less is a programmer error.
    package func write(
        _ values: MessageValues, _ data: DataTable?, random: inout SeededGenerator,
        into buffer: UnsafeMutableRawBufferPointer
    ) {
        precondition(buffer.count >= byteCount(values, data), "no room for the message")
        var offset = 0
        for part in parts {
            switch part {
            case .literal(let range):
                text.withUnsafeBytes {
                    Self.copy(UnsafeRawBufferPointer(rebasing: $0[range]), into: buffer, at: offset)
                }
                offset += range.count
            case .stamp:
                guard let stamp = values.stamp else { preconditionFailure("no stamp for the place that it has") }
                stamp.encode(into: buffer, at: offset)
                offset += Stamp.encodedBytes
            case .client: offset += DecimalText.write(values.client, into: buffer, at: offset)
            case .sequence: offset += DecimalText.write(values.sequence, into: buffer, at: offset)
            case .random(let digits):
                Self.writeRandom(digits, from: &random, into: buffer, at: offset)
                offset += digits
            case .column(let column):
                offset += data?.write(row: values.row, column: column, into: buffer, at: offset) ?? 0
            }
        }
    }

    // MARK: Writing

    /// The caller has made sure that there is room.
    private static func copy(
        _ bytes: UnsafeRawBufferPointer, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) {
        UnsafeMutableRawBufferPointer(rebasing: buffer[offset...]).copyMemory(from: bytes)
    }

    private static func writeRandom(
        _ digits: Int, from random: inout SeededGenerator, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) {
        hexadecimalDigits.withUnsafeBufferPointer { alphabet in
            var word: UInt64 = 0
            for index in 0..<digits {
                // A word has 16 digits.
                if index & 15 == 0 { word = random.next() }
                buffer[offset + index] = alphabet[Int(word & 15)]
                word >>= 4
            }
        }
    }

    private static func fixedByteCount(of part: Part) -> Int {
        switch part {
        case .literal(let range): range.count
        case .stamp: Stamp.encodedBytes
        case .random(let digits): digits
        case .client, .sequence, .column: 0
        }
    }

    // MARK: Parsing

    private static func opening(in text: [UInt8], from start: Int) -> Int? {
        let brace = UInt8(ascii: "{")
        var index = start
        while index + 1 < text.count {
            let isPair = text[index] == brace && text[index + 1] == brace
            if isPair, index + 2 == text.count || text[index + 2] != brace { return index }
            index += 1
        }
        return nil
    }

    private static func closing(in text: [UInt8], from start: Int) -> Int? {
        let brace = UInt8(ascii: "}")
        var index = start
        while index + 1 < text.count {
            if text[index] == brace, text[index + 1] == brace { return index }
            index += 1
        }
        return nil
    }

    /// What stands between the braces, without spaces around it.
    private static func name(_ text: ArraySlice<UInt8>) -> String {
        let space = UInt8(ascii: " ")
        let tail = text.drop { $0 == space }
        guard let last = tail.lastIndex(where: { $0 != space }) else { return "" }
        return String(decoding: tail[...last], as: UTF8.self)
    }

    private static func part(named name: String, _ columns: [String]) throws(MessageTemplateError) -> Part {
        switch name {
        case "stamp": return .stamp
        case "client": return .client
        case "sequence": return .sequence
        case "random": return .random(digits: defaultRandomDigits)
        default: break
        }
        if name.hasPrefix("random:") {
            guard let digits = Int(name.dropFirst("random:".count)), (1...maximumRandomDigits).contains(digits) else {
                throw .badRandomDigits(name)
            }
            return .random(digits: digits)
        }
        guard let column = columns.firstIndex(of: name) else {
            throw .unknownPlaceholder(name, columns: columns)
        }
        return .column(column)
    }
}
