import CZlib

/// Whole buffers in and out of the zlib format (RFC 1950).
enum Zlib {
    static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        let bound = Int(compressBound(uLong(bytes.count)))
        return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            var length = uLongf(bound)
            // compress writes at most `length` bytes and sets it to their number. With compressBound's room
            // it fails only where memory has run out.
            precondition(compress(buffer.baseAddress, &length, bytes, uLong(bytes.count)) == Z_OK)
            count = Int(length)
        }
    }

    /// The inflated bytes; nil when the input is damaged, incomplete or larger than the limit.
    static func inflated(_ bytes: ArraySlice<UInt8>, maximumBytes: Int) -> [UInt8]? {
        var status = Z_OK
        let result = [UInt8](unsafeUninitializedCapacity: maximumBytes) { buffer, count in
            var length = uLongf(maximumBytes)
            // uncompress writes at most `length` bytes and sets it to their number.
            status = bytes.withUnsafeBufferPointer { input in
                uncompress(buffer.baseAddress, &length, input.baseAddress, uLong(input.count))
            }
            count = status == Z_OK ? Int(length) : 0
        }
        return status == Z_OK ? result : nil
    }
}
