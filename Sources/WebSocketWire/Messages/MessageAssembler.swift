/// A buffer in which the parts of one message are put together.
///
/// It grows by doubling but never past `maximumMessageBytes`, which is to be the parser's limit: the parser
/// refuses a larger message before it hands out a part. Owned by one thread; no memory until the first part.
package struct MessageAssembler: ~Copyable {
    private let maximumMessageBytes: Int
    private var bytes: [UInt8] = []

    package init(maximumMessageBytes: Int) {
        self.maximumMessageBytes = maximumMessageBytes
    }

    package var byteCount: Int { bytes.count }

    /// Memory held, used or not.
    package var capacityBytes: Int { bytes.capacity }

    /// Adds the next part; all of them together have at most `maximumMessageBytes`.
    package mutating func append(_ part: UnsafeRawBufferPointer) {
        let needed = bytes.count + part.count
        precondition(needed <= maximumMessageBytes, "a part beyond the parser's limit")
        if needed > bytes.capacity {
            bytes.reserveCapacity(min(max(needed, 2 * bytes.capacity), maximumMessageBytes))
        }
        bytes.append(contentsOf: part)
    }

    /// The parts so far, one after the other; the pointer is valid within `body` only.
    package func withMessage<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.span.withUnsafeBytes(body)
    }

    /// Makes room for the next message; memory beyond `capacityLimitBytes` is given back.
    package mutating func reset(keepingCapacityUpTo capacityLimitBytes: Int) {
        if bytes.capacity > capacityLimitBytes {
            bytes = []
        } else {
            bytes.removeAll(keepingCapacity: true)
        }
    }
}
