/// The fixed part of HdrHistogram's V2 encoding: 40 bytes, big-endian.
///
/// Cookie, bytes of counts, normalizing index offset, significant digits (4 each), lowest and highest value,
/// ratio of integer to floating-point values (8 each).
enum HistogramHeaderV2 {
    static let byteCount = 40
    /// The cookies with the word size "1", by which implementations mark LEB128 counts.
    static let compressedCookie: UInt32 = 0x1c84_9304 | wordSizeMark
    private static let cookie: UInt32 = 0x1c84_9303 | wordSizeMark
    private static let wordSizeMark: UInt32 = 0x10

    static func isCompressed(cookie: UInt32) -> Bool {
        withoutWordSize(cookie) == withoutWordSize(compressedCookie)
    }

    static func bytes(countsBytes: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        bytes.append(bigEndian: cookie)
        bytes.append(bigEndian: countsBytes)
        bytes.append(bigEndian: UInt32(0))
        bytes.append(bigEndian: HistogramLayout.significantDigits)
        bytes.append(bigEndian: HistogramLayout.lowestValue)
        bytes.append(bigEndian: HistogramLayout.highestValue)
        bytes.append(bigEndian: (1.0).bitPattern)
        return bytes
    }

    /// The encoded counts behind the header, once it is seen to be one that this layout can take.
    static func counts(of payload: [UInt8]) throws(HistogramDecodingError) -> ArraySlice<UInt8> {
        guard let cookie = payload.bigEndian(UInt32.self, at: 0),
            withoutWordSize(cookie) == withoutWordSize(Self.cookie),
            let countsBytes = payload.bigEndian(UInt32.self, at: 4),
            payload.count >= byteCount, payload.count - byteCount >= Int(countsBytes)
        else { throw .notV2 }
        guard payload.bigEndian(UInt32.self, at: 8) == 0,
            payload.bigEndian(Int32.self, at: 12) == HistogramLayout.significantDigits,
            payload.bigEndian(UInt64.self, at: 16) == HistogramLayout.lowestValue
        else { throw .otherLayout }
        return payload[byteCount..<(byteCount + Int(countsBytes))]
    }

    private static func withoutWordSize(_ cookie: UInt32) -> UInt32 {
        cookie & ~0xf0
    }
}
