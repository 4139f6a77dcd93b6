/// What a `FrameParser` remembers of a data message from its first frame to its last.
struct MessageUnderWay {
    /// The sum of the lengths that its frames declared so far.
    var declaredBytes = 0
    var validator = UTF8Validator()
    var kind = MessageKind.binary
    var isCompressed = false
    var isUnderWay = false
    /// Whether a part of it was handed out.
    var hasBegun = false

    init() {}

    init(kind: MessageKind, isCompressed: Bool) {
        self.kind = kind
        self.isCompressed = isCompressed
        isUnderWay = true
    }

    var isValidatedAsUTF8: Bool { kind == .text && !isCompressed }
}
