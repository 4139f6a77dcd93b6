/// Bytes in memory of exactly their size, where the address sanitizer sees an access beyond them. Arrays have room to
/// spare, in which it would see nothing.
enum ExactMemory {
    /// - Parameter body: may change the copy; its pointer is valid during the call only.
    static func withCopy<Result, Failure: Error>(
        of bytes: [UInt8], _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { copy.deallocate() }
        // As many bytes as there is room for.
        copy.copyBytes(from: bytes)
        return try body(copy)
    }
}
