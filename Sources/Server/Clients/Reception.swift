import WebSocketWire

/// What a client has sent of a message that is not complete: the parser in the middle of it, and the parts so far.
///
/// A client has one only while a frame or a message of its is under way; whoever is between messages is read with the
/// loop's spare one. Loop's thread only.
final class Reception {
    let parser: FrameParserCell
    var assembler: MessageAssembler

    init(maximumMessageBytes: Int, allowsCompression: Bool) {
        parser = FrameParserCell(
            FrameParser(
                role: .server, maximumMessageBytes: maximumMessageBytes, allowsCompression: allowsCompression))
        assembler = MessageAssembler(
            maximumMessageBytes: allowsCompression
                ? DeflateBound.compressedBytes(ofMessageBytes: maximumMessageBytes) : maximumMessageBytes)
    }

    /// Whether nothing of any message is held, so that anybody's bytes may come next.
    var isIdle: Bool { parser.isAtMessageBoundary && assembler.byteCount == 0 }
}
