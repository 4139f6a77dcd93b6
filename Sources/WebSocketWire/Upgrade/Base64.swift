import COpenSSL

/// Base64 with padding (RFC 4648 §4).
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        let encodedBytes = (bytes.count + 2) / 3 * 4
        // OpenSSL writes a terminating zero behind the text.
        return String(unsafeUninitializedCapacity: encodedBytes + 1) { text in
            Int(EVP_EncodeBlock(text.baseAddress, bytes, Int32(bytes.count)))
        }
    }

    /// Whether `text` is the encoding of 16 bytes, as every Sec-WebSocket-Key is: 22 digits, the last of
    /// which carries two bits only, and two signs of padding.
    static func encodesSixteenBytes(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 24 && bytes[..<22].allSatisfy(isDigit) && "AQgw".utf8.contains(bytes[21])
            && bytes[22...].elementsEqual("==".utf8)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
