/// Bytes for people, the first ones of many.
enum HexDump {
    static let shownBytes = 64

    static func text(of bytes: [UInt8]) -> String {
        let digits = bytes.prefix(shownBytes).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        let rest = bytes.count > shownBytes ? " …" : ""
        return "\(bytes.count) bytes [\(digits.joined(separator: " "))\(rest)]"
    }
}
