import WebSocketWire

/// What one frame of the server carried, and what it says once it is inflated.
struct CodedMessage: Equatable {
    let isCompressed: Bool
    let kind: MessageKind
    let payload: [UInt8]

    var text: String { String(decoding: payload, as: UTF8.self) }

    /// The messages of whole frames, each in one.
    static func read(_ bytes: [UInt8]) throws -> [CodedMessage] {
        var bytes = bytes
        var parser = FrameParser(role: .client, maximumMessageBytes: 1 << 24, allowsCompression: true)
        var messages: [CodedMessage] = []
        var offset = 0
        while offset < bytes.count {
            let event = try bytes.withUnsafeMutableBytes { input throws(ProtocolViolation) in
                try parser.next(in: input, at: &offset)
            }
            guard case .message(let kind, let range, let isCompressed) = event else {
                throw TestFailure("no whole message: \(String(describing: event))")
            }
            let payload = try isCompressed ? inflated(bytes[range]) : Array(bytes[range])
            messages.append(CodedMessage(isCompressed: isCompressed, kind: kind, payload: payload))
        }
        return messages
    }

    private static func inflated(_ message: ArraySlice<UInt8>) throws -> [UInt8] {
        let inflater = Inflater()
        var output: [UInt8] = []
        try message.withUnsafeBytes { try inflater.inflate($0, limitBytes: 1 << 24, into: &output) }
        return output
    }
}
