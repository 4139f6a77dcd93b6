/// Takes apart what the server sends a client on `/relay` when every message carries its number: tells whether all are
/// there and in order, keeping none of them.
///
/// Input may be split anywhere. Cost: a look at 26 bytes of each message.
struct NumberedStream {
    static let payloadBytes = 64 << 10
    private static let numberBytes = 8
    private static let headerBytes = 10

    private enum Part {
        /// Header and number, or a close frame.
        case head
        case middle(remaining: Int)
        /// The number once more.
        case tail
    }

    private var part = Part.head
    private var collected: [UInt8] = []
    private(set) var receivedCount = 0
    private(set) var newest = -1
    /// Numbers that were left out before `newest`.
    private(set) var missingCount = 0
    private(set) var closeCode: Int?
    /// What was not as it should be; nothing more is read then.
    private(set) var fault: String?

    /// The masked frame of a message of zeros.
    private static let template = RawWebSocket.frame(2, [UInt8](repeating: 0, count: payloadBytes))

    /// The masked frame with that number.
    static func frame(_ number: Int) -> [UInt8] {
        var frame = template
        let start = frame.count - payloadBytes
        let end = frame.count - numberBytes
        // Masking is an exclusive or, and so is this.
        for (index, digit) in bytes(of: number).enumerated() {
            frame[start + index] ^= digit
            frame[end + index] ^= digit
        }
        return frame
    }

    /// Nothing of the next message has come.
    var isBetweenMessages: Bool {
        if case .head = part { collected.isEmpty } else { false }
    }

    mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        var offset = 0
        while offset < bytes.count, fault == nil {
            if case .middle(let remaining) = part {
                let count = min(remaining, bytes.count - offset)
                offset += count
                part = remaining == count ? .tail : .middle(remaining: remaining - count)
                continue
            }
            guard closeCode == nil else {
                fault = "bytes after the close frame"
                return
            }
            collected.append(bytes[offset])
            offset += 1
            if case .tail = part { takeTail() } else { takeHead() }
        }
    }

    private mutating func takeHead() {
        guard collected.count >= 2 else { return }
        if collected[0] == 0x88 {
            guard collected.count == 2 + Int(collected[1]) else { return }
            closeCode = collected.count >= 4 ? Int(collected[2]) << 8 | Int(collected[3]) : 1005
            return
        }
        guard collected.count == Self.headerBytes + Self.numberBytes else { return }
        guard collected[..<Self.headerBytes] == ([0x82, 127] + Self.bytes(of: Self.payloadBytes))[...] else {
            fault = "no frame of a message begins with \(collected)"
            return
        }
        let number = Self.number(collected[Self.headerBytes...])
        guard number > newest else {
            fault = "\(number) after \(newest)"
            return
        }
        missingCount += number - newest - 1
        newest = number
        collected = []
        part = .middle(remaining: Self.payloadBytes - 2 * Self.numberBytes)
    }

    private mutating func takeTail() {
        guard collected.count == Self.numberBytes else { return }
        guard Self.number(collected[...]) == newest else {
            fault = "message \(newest) ends as another one"
            return
        }
        receivedCount += 1
        collected = []
        part = .head
    }

    private static func bytes(of number: Int) -> [UInt8] {
        (0..<numberBytes).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
