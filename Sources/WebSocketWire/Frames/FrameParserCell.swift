/// A frame parser in memory of its own, held by an object that reads a million frames a second.
///
/// A parser that were a stored property of a class would be checked for exclusive access at each call, while the
/// program runs: 9 of 14 ns a small frame. Behind a pointer it is not; that nobody reaches the parser from within one
/// of its own calls is plain here, since it calls nobody. Owned by one object on one thread.
package struct FrameParserCell: ~Copyable {
    // Allocated and initialized in init, never reassigned, freed in deinit.
    private let parser: UnsafeMutablePointer<FrameParser>

    package init(_ parser: consuming FrameParser) {
        self.parser = .allocate(capacity: 1)
        self.parser.initialize(to: parser)
    }

    deinit {
        parser.deinitialize(count: 1)
        parser.deallocate()
    }

    /// The payload of the control frame that was just reported.
    package var controlPayload: [UInt8] { parser.pointee.controlPayload }

    /// As `FrameParser.isAtMessageBoundary`.
    package var isAtMessageBoundary: Bool { parser.pointee.isAtMessageBoundary }

    /// As `FrameParser.next`.
    package func next(
        in input: UnsafeMutableRawBufferPointer, at offset: inout Int
    ) throws(ProtocolViolation) -> FrameEvent? {
        try parser.pointee.next(in: input, at: &offset)
    }

    /// As `FrameParser.skip` of all that may be skipped; returns how much that was.
    package func skipPayload() -> Int {
        let count = parser.pointee.skippablePayloadBytes
        parser.pointee.skip(count)
        return count
    }

    /// Begins anew, for another connection.
    package func replace(with fresh: consuming FrameParser) { parser.pointee = fresh }
}
