import Glibc

extension Stamp {
    /// "~bs~", as the upper half of a stamp's first eight characters.
    private static let mark: UInt64 = 0x7e62_737e << 32
    private static let markMask: UInt64 = 0xffff_ffff << 32
    /// Four digits "0", which stand in for the mark where the first group is read as a number.
    private static let zeroDigits: UInt64 = 0x3030_3030 << 32
    private static let firstMarkByte: Int32 = 0x7e

    /// Writes the stamp at `offset`; there must be room for `encodedBytes`, else it is a programmer error.
    package func encode(into buffer: UnsafeMutableRawBufferPointer, at offset: Int = 0) {
        precondition(offset >= 0 && offset <= buffer.count - Self.encodedBytes, "no room for a stamp")
        let tag = HexWord.encode(UInt32(identity.runTag))
        Self.store(Self.mark | (tag & ~Self.markMask), group: 0, in: buffer, at: offset)
        let publisher = UInt64(identity.publisher)
        Self.storeDigits(publisher << 8 | identity.sequence >> 32, group: 1, in: buffer, at: offset)
        Self.storeDigits(identity.sequence, group: 2, in: buffer, at: offset)
        Self.storeDigits(intendedNanoseconds >> 16, group: 3, in: buffer, at: offset)
        Self.storeDigits(intendedNanoseconds << 16 | sentNanoseconds >> 32, group: 4, in: buffer, at: offset)
        Self.storeDigits(sentNanoseconds, group: 5, in: buffer, at: offset)
    }

    /// The stamp at `offset`; nil if there is none, or not a whole and well-formed one.
    package static func decode(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) -> Stamp? {
        guard let identity = decodeIdentity(bytes, at: offset),
            let first = HexWord.decode(group(3, of: bytes, at: offset)),
            let second = HexWord.decode(group(4, of: bytes, at: offset)),
            let third = HexWord.decode(group(5, of: bytes, at: offset))
        else { return nil }
        return Stamp(
            identity: identity,
            intendedNanoseconds: UInt64(first) << 16 | UInt64(second) >> 16,
            sentNanoseconds: UInt64(second & 0xffff) << 32 | UInt64(third))
    }

    /// Which message the stamp at `offset` names; nil if there is no room for a whole stamp, or this half is
    /// malformed.
    ///
    /// The times are not looked at: half the work of `decode`.
    package static func decodeIdentity(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) -> Identity? {
        guard offset >= 0, offset <= bytes.count - encodedBytes else { return nil }
        let first = group(0, of: bytes, at: offset)
        guard first & markMask == mark,
            let runTag = HexWord.decode(first & ~markMask | zeroDigits),
            let publisherAndHigh = HexWord.decode(group(1, of: bytes, at: offset)),
            let sequenceLow = HexWord.decode(group(2, of: bytes, at: offset)),
            publisherAndHigh >> 8 < publisherLimit
        else { return nil }
        return Identity(
            runTag: UInt16(truncatingIfNeeded: runTag),
            publisher: publisherAndHigh >> 8,
            sequence: UInt64(publisherAndHigh & 0xff) << 32 | UInt64(sequenceLow))
    }

    /// Where in `bytes` the first well-formed stamp begins, for payloads that carry it within other text.
    ///
    /// Cost: one `memchr` over the bytes in front of the stamp.
    package static func find(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var offset = 0
        while bytes.count - offset >= encodedBytes {
            // memchr looks at [offset, count) of the caller's buffer, and its result lies there.
            guard let hit = memchr(base + offset, firstMarkByte, bytes.count - offset) else { return nil }
            offset = UnsafeRawPointer(hit) - base
            if decode(bytes, at: offset) != nil { return offset }
            offset += 1
        }
        return nil
    }

    /// Eight characters of the stamp at `offset`, the first one uppermost.
    @inline(__always)
    private static func group(_ index: Int, of bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
        // In bounds: decodeIdentity, always asked first, has made sure that a whole stamp fits.
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + index * 8, as: UInt64.self))
    }

    /// Writes the digits of the lower 32 bits of `value` as one group of the stamp at `offset`.
    @inline(__always)
    private static func storeDigits(
        _ value: UInt64, group: Int, in buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) {
        store(HexWord.encode(UInt32(truncatingIfNeeded: value)), group: group, in: buffer, at: offset)
    }

    /// Writes eight characters, the first one uppermost, as one group of the stamp at `offset`.
    @inline(__always)
    private static func store(
        _ characters: UInt64, group: Int, in buffer: UnsafeMutableRawBufferPointer, at offset: Int
    ) {
        // In bounds: encode has made sure that a whole stamp fits.
        buffer.storeBytes(of: characters.bigEndian, toByteOffset: offset + group * 8, as: UInt64.self)
    }
}
