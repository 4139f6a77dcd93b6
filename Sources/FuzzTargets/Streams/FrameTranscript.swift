import WebSocketWire

/// What a frame parser makes of a stream, told without the input's splits: whole messages instead of parts. What the
/// parser promises of each event is checked on the way.
struct FrameTranscript: Equatable {
    enum Entry: Equatable {
        case message(MessageKind, [UInt8], isCompressed: Bool)
        case ping([UInt8])
        case pong([UInt8])
        case close(CloseCode, reason: [UInt8])
    }

    private(set) var entries: [Entry] = []
    private(set) var violation: ProtocolViolation?
    private(set) var isAtMessageBoundary = true
    /// The message under way. After a violation nothing: how much of it was handed out before depends on the splits.
    private(set) var unfinished: [UInt8]?
    private let maximumMessageBytes: Int

    /// - Throws: `FuzzFinding` where an event is not as `FrameEvent` and `FrameParser` describe it.
    init(
        _ pieces: [[UInt8]], role: Role, maximumMessageBytes: Int, allowsCompression: Bool
    ) throws(FuzzFinding) {
        self.maximumMessageBytes = maximumMessageBytes
        var parser = FrameParser(
            role: role, maximumMessageBytes: maximumMessageBytes, allowsCompression: allowsCompression)
        for piece in pieces {
            try ExactMemory.withCopy(of: piece) { input throws(FuzzFinding) in try read(input, &parser) }
        }
        isAtMessageBoundary = parser.isAtMessageBoundary
        guard violation == nil else {
            unfinished = nil
            return
        }
        guard unfinished == nil || !isAtMessageBoundary else {
            throw FuzzFinding("expected no message boundary within a message")
        }
    }

    /// Nothing follows a close frame or a violation.
    private var isOver: Bool {
        if case .close? = entries.last { return true }
        return violation != nil
    }

    private mutating func read(
        _ input: UnsafeMutableRawBufferPointer, _ parser: inout FrameParser
    ) throws(FuzzFinding) {
        let hadViolation = violation != nil
        var offset = 0
        while let event = next(in: input, at: &offset, of: &parser) {
            guard !isOver else { throw FuzzFinding("expected nothing after the end, found \(event)") }
            guard (0...input.count).contains(offset) else {
                throw FuzzFinding("expected an offset up to \(input.count), found \(offset)")
            }
            try add(event, of: UnsafeRawBufferPointer(input), upTo: offset, parser.controlPayload)
        }
        let hasJustFailed = violation != nil && !hadViolation
        guard offset == input.count || hasJustFailed else {
            throw FuzzFinding("expected all \(input.count) bytes to be read, found \(offset)")
        }
    }

    /// Nil where the input is used up, and where there is a violation, which is noted.
    private mutating func next(
        in input: UnsafeMutableRawBufferPointer, at offset: inout Int, of parser: inout FrameParser
    ) -> FrameEvent? {
        do throws(ProtocolViolation) {
            return try parser.next(in: input, at: &offset)
        } catch {
            violation = error
            return nil
        }
    }

    private mutating func add(
        _ event: FrameEvent, of input: UnsafeRawBufferPointer, upTo offset: Int, _ controlPayload: [UInt8]
    ) throws(FuzzFinding) {
        switch event {
        case .message(let kind, let payload, let isCompressed):
            try addPart(
                kind, Self.bytes(payload, of: input, upTo: offset), isFirst: true, isLast: true, isCompressed)
        case .part(let kind, let payload, let isFirst, let isLast, let isCompressed):
            guard !(isFirst && isLast), !payload.isEmpty || isLast else {
                throw FuzzFinding("expected a part to be a part and to have bytes, found \(event)")
            }
            try addPart(
                kind, Self.bytes(payload, of: input, upTo: offset), isFirst: isFirst, isLast: isLast, isCompressed)
        case .ping:
            try check(controlPayload)
            entries.append(.ping(controlPayload))
        case .pong:
            try check(controlPayload)
            entries.append(.pong(controlPayload))
        case .close(let code):
            try check(controlPayload)
            guard code == .noStatus || code.isValidOnWire, Self.isText(controlPayload) else {
                throw FuzzFinding("expected a valid code and reason, found \(code) and \(controlPayload)")
            }
            entries.append(.close(code, reason: controlPayload))
        }
    }

    private static func bytes(
        _ payload: Range<Int>, of input: UnsafeRawBufferPointer, upTo offset: Int
    ) throws(FuzzFinding) -> [UInt8] {
        guard payload.lowerBound >= 0, payload.upperBound <= offset else {
            throw FuzzFinding("expected a payload within 0..<\(offset), found \(payload)")
        }
        return Array(input[payload])
    }

    private mutating func addPart(
        _ kind: MessageKind, _ part: [UInt8], isFirst: Bool, isLast: Bool, _ isCompressed: Bool
    ) throws(FuzzFinding) {
        guard isFirst == (unfinished == nil) else {
            throw FuzzFinding("expected a first part where no message is under way, and only there")
        }
        let message = (unfinished ?? []) + part
        let limitBytes =
            isCompressed ? DeflateBound.compressedBytes(ofMessageBytes: maximumMessageBytes) : maximumMessageBytes
        guard message.count <= limitBytes else {
            throw FuzzFinding("expected at most \(limitBytes) bytes in a message, found \(message.count)")
        }
        unfinished = isLast ? nil : message
        guard isLast else { return }
        guard kind == .binary || isCompressed || Self.isText(message) else {
            throw FuzzFinding("expected UTF-8 in a text message, found \(message)")
        }
        entries.append(.message(kind, message, isCompressed: isCompressed))
    }

    private func check(_ controlPayload: [UInt8]) throws(FuzzFinding) {
        guard controlPayload.count <= FrameWriter.maximumControlPayloadBytes else {
            throw FuzzFinding("expected at most 125 bytes in a control frame, found \(controlPayload.count)")
        }
    }

    private static func isText(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
}
