import Glibc

/// What a message of the stress test looks like: its number stands between two `#`, the rest follows from it.
///
/// Written for unoptimized code with many threads: no generic algorithms byte by byte.
enum StressContent {
    private static let mark = UInt8(ascii: "#")

    static func relayed(_ number: Int) -> [UInt8] {
        let head = Array("r#\(number)#".utf8)
        // Mostly small; now and then one that a log segment holds few of.
        let count = head.count + (number % 64 == 0 ? 60_000 : number &* 37 % 700)
        return [UInt8](unsafeUninitializedCapacity: count) { bytes, initializedCount in
            guard let base = bytes.baseAddress else { return }
            memset(base, Int32(97 + number % 26), count)
            memcpy(base, head, head.count)
            initializedCount = count
        }
    }

    static func gesture(_ number: Int) -> String {
        #"{"type":"g#\#(number)#","position":{"x":1,"y":2},"confidence":0.5}"#
    }

    static func query(_ number: Int) -> String { #"{"query":"q#\#(number)#"}"# }

    /// The number and topic of a broadcast; nil for anything else.
    ///
    /// - Throws: where it is not byte for byte what was sent.
    static func broadcast(_ payload: [UInt8]) throws(TestFailure) -> (number: Int, topic: Topic)? {
        guard let number = number(in: payload) else { return nil }
        if payload[0] == UInt8(ascii: "r") {
            let expected = relayed(number)
            guard payload.count == expected.count, memcmp(payload, expected, expected.count) == 0 else {
                throw TestFailure("message \(number) is damaged")
            }
            return (number, .relay)
        }
        guard payload.suffix(2).elementsEqual("}}".utf8) else { throw TestFailure("message \(number) is cut off") }
        return (number, payload.starts(with: #"{"type":"gesture""#.utf8) ? .gesture : .aiResponse)
    }

    /// The digits between the first two marks, which stand near the beginning.
    private static func number(in payload: [UInt8]) -> Int? {
        var number: Int?
        for byte in payload.prefix(100) {
            if let known = number {
                if byte == mark { return known }
                guard byte >= 48, byte < 58 else { return nil }
                number = known * 10 + Int(byte - 48)
            } else if byte == mark {
                number = 0
            }
        }
        return nil
    }
}
