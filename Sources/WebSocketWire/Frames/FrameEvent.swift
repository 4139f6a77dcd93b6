/// What a `FrameParser` found. Ranges are positions in the input that was just given to it.
package enum FrameEvent: Equatable, Sendable {
    /// A whole data message whose payload lies in one piece within this input, already unmasked in place.
    case message(MessageKind, payload: Range<Int>, isCompressed: Bool)
    /// A piece of a data message that began earlier or does not end within this input; fragmentation and
    /// input splits look alike. Never both first and last, and empty only to say that the message ends.
    case part(MessageKind, payload: Range<Int>, isFirst: Bool, isLast: Bool, isCompressed: Bool)
    /// The payload, at most 125 bytes, is in `FrameParser.controlPayload` until the next call.
    case ping
    /// As `ping`.
    case pong
    /// `noStatus` for a close frame without a code; the reason, valid UTF-8, is in
    /// `FrameParser.controlPayload`. Nothing follows it.
    case close(CloseCode)
}
