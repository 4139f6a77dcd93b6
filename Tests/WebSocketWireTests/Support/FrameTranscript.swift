import Testing
import WebSocketWire

/// What a frame parser makes of a stream, told without the input's splits: whole messages instead of parts.
struct FrameTranscript: Equatable {
    enum Entry: Equatable {
        case message(MessageKind, [UInt8], isCompressed: Bool = false)
        case ping([UInt8])
        case pong([UInt8])
        case close(CloseCode, reason: String)

        static func text(_ text: String) -> Entry { .message(.text, Array(text.utf8)) }
    }

    var entries: [Entry] = []
    var violation: ProtocolViolation?
    var isAtMessageBoundary = true

    /// Parses the pieces one after the other.
    init(
        pieces: [[UInt8]], role: Role, maximumMessageBytes: Int = 1 << 20, allowsCompression: Bool = false
    ) {
        var parser = FrameParser(
            role: role, maximumMessageBytes: maximumMessageBytes, allowsCompression: allowsCompression)
        var message: [UInt8]?
        for piece in pieces {
            var bytes = piece
            bytes.withUnsafeMutableBytes { input in
                var offset = 0
                do throws(ProtocolViolation) {
                    while let event = try parser.next(in: input, at: &offset) {
                        add(event, controlPayload: parser.controlPayload, input: input, message: &message)
                    }
                    #expect(offset == input.count)
                } catch {
                    violation = error
                }
            }
            if violation != nil { break }
        }
        isAtMessageBoundary = parser.isAtMessageBoundary
    }

    /// Parses the stream whole, and expects the same of every split.
    init(
        everySplitOf wire: [UInt8], role: Role, maximumMessageBytes: Int = 1 << 20,
        allowsCompression: Bool = false
    ) {
        let parse = { pieces in
            FrameTranscript(
                pieces: pieces, role: role, maximumMessageBytes: maximumMessageBytes,
                allowsCompression: allowsCompression)
        }
        self = parse([wire])
        let whole = self
        let differing = Splits.all(of: wire).filter { parse($0) != whole }
        #expect(differing.isEmpty)
    }

    private mutating func add(
        _ event: FrameEvent, controlPayload: [UInt8], input: UnsafeMutableRawBufferPointer,
        message: inout [UInt8]?
    ) {
        switch event {
        case .message(let kind, let payload, let isCompressed):
            #expect(message == nil)
            entries.append(.message(kind, Array(input[payload]), isCompressed: isCompressed))
        case .part(let kind, let payload, let isFirst, let isLast, let isCompressed):
            #expect(isFirst == (message == nil))
            #expect(!(isFirst && isLast), "a part that is the whole message")
            #expect(!payload.isEmpty || isLast, "an empty part that tells nothing")
            let bytes = (message ?? []) + input[payload]
            message = isLast ? nil : bytes
            if isLast { entries.append(.message(kind, bytes, isCompressed: isCompressed)) }
        case .ping: entries.append(.ping(controlPayload))
        case .pong: entries.append(.pong(controlPayload))
        case .close(let code):
            entries.append(.close(code, reason: String(decoding: controlPayload, as: UTF8.self)))
        }
    }
}
