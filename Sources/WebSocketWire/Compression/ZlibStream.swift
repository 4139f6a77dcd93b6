import CZlib

/// Raw deflate data (RFC 1951) on its way through zlib, in one direction.
///
/// Owned by one thread. Memory is taken at the beginning, for a decompressing stream also with its first data, and kept
/// until the end; where there is none left, the program ends, as with memory of Swift's own.
package struct ZlibStream: ~Copyable {
    package enum Direction {
        /// - Parameter level: 0 (stored) to 9 (smallest).
        case compressing(level: Int)
        case decompressing
    }

    /// How far a step came.
    package enum Progress {
        /// The room is filled, or there was more input than fits into a step: to be called again.
        case unfinished
        /// All input is read, and all that can be made of it is written.
        case inputUsedUp
        /// A final block has ended; what follows it is left in the input. Only when decompressing.
        case ended
        case damaged
    }

    /// What the empty stored block that a flush ends with looks like behind its header: its length, 0, and the
    /// complement. Messages go without these bytes (RFC 7692 §7.2.1).
    package static let flushTail: [UInt8] = [0x00, 0x00, 0xFF, 0xFF]

    /// zlib counts a step's bytes in 32 bits.
    private static let maximumStepBytes = 1 << 30
    /// zlib's default: the hash table has 2^15 entries of two bytes, and symbols are collected in 64 KiB.
    private static let memoryLevel: Int32 = 8

    // Allocated and initialized in init, never reassigned, freed in deinit. In memory of its own, since zlib's state
    // refers back to it by its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private let isCompressing: Bool

    /// - Parameter windowBits: 9...15, or 8 when decompressing.
    package init(_ direction: Direction, windowBits: Int) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        self.stream = stream
        let streamBytes = Int32(MemoryLayout<z_stream>.size)
        let status: Int32
        // Negative window bits stand for data without a header and a checksum.
        switch direction {
        case .compressing(let level):
            isCompressing = true
            status = deflateInit2_(
                stream, Int32(level), Z_DEFLATED, Int32(-windowBits), Self.memoryLevel, Z_DEFAULT_STRATEGY,
                ZLIB_VERSION, streamBytes)
        case .decompressing:
            isCompressing = false
            status = inflateInit2_(stream, Int32(-windowBits), ZLIB_VERSION, streamBytes)
        }
        precondition(status == Z_OK, "zlib refused to begin: status \(status)")
    }

    deinit {
        // Either frees its state and fails only to say that data was under way.
        _ = isCompressing ? deflateEnd(stream) : inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Begins anew with an empty window, in the same memory.
    func reset() {
        let status = isCompressing ? deflateReset(stream) : inflateReset(stream)
        precondition(status == Z_OK, "zlib refused to begin anew: status \(status)")
    }

    /// The most bytes that `count` bytes are compressed to, without the flush.
    func maximumCompressedBytes(of count: Int) -> Int {
        Int(deflateBound(stream, uLong(count)))
    }

    /// Whether the data so far ends with a whole block and on a byte: zlib's `data_type` then has the bit 128 alone,
    /// without 64 (within a final block) and without a count of bits left over.
    package var isBetweenBlocks: Bool { stream.pointee.data_type == 128 }

    /// Reads from the front of `input`, which it cuts off, and appends to `output`. A compressing stream flushes with
    /// the end of the input, so that all of it can be decompressed (zlib's Z_SYNC_FLUSH).
    ///
    /// - Parameter roomBytes: the most bytes to append, 1 or more; `output` gets capacity for them.
    package func advance(
        through input: inout UnsafeRawBufferPointer, appendingTo output: inout [UInt8], roomBytes: Int
    ) -> Progress {
        precondition(roomBytes > 0)
        let inputBytes = min(input.count, Self.maximumStepBytes)
        let outputBytes = min(roomBytes, Self.maximumStepBytes)
        let flush = isCompressing && inputBytes == input.count ? Z_SYNC_FLUSH : Z_NO_FLUSH
        let stream = self.stream
        let isCompressing = self.isCompressing
        let dataType = stream.pointee.data_type
        // zlib reads `avail_in` bytes there and, despite the type, writes none. The bytes are in use by the caller.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(inputBytes)
        stream.pointee.avail_out = UInt32(outputBytes)
        var status = Z_OK
        // Exactly that much: an array that grew by itself would double.
        output.reserveCapacity(output.count + outputBytes)
        output.append(addingCapacity: outputBytes) { room in
            room.withUnsafeMutableBufferPointer { bytes, count in
                // Room for `outputBytes`. zlib writes at most `avail_out` bytes and lowers it by their number, so that
                // so many of them are initialized.
                stream.pointee.next_out = bytes.baseAddress
                status = isCompressing ? deflate(stream, flush) : inflate(stream, flush)
                count = outputBytes - Int(stream.pointee.avail_out)
            }
        }
        input = UnsafeRawBufferPointer(rebasing: input[(inputBytes - Int(stream.pointee.avail_in))...])
        // A call that had nothing to do forgets where the one before it had stopped.
        if status == Z_BUF_ERROR { stream.pointee.data_type = dataType }
        // Neither is valid beyond this call.
        stream.pointee.next_in = nil
        stream.pointee.next_out = nil
        return progress(status, isInputEmpty: input.isEmpty)
    }

    private func progress(_ status: Int32, isInputEmpty: Bool) -> Progress {
        // A peer's data does not lead to it: the window of a decompressing stream could not be allocated.
        precondition(status != Z_MEM_ERROR, "zlib is out of memory")
        switch status {
        case Z_STREAM_END: return .ended
        // The second one: nothing to do without more input, since there is always room.
        case Z_OK, Z_BUF_ERROR: return isInputEmpty && stream.pointee.avail_out > 0 ? .inputUsedUp : .unfinished
        default: return .damaged
        }
    }
}
