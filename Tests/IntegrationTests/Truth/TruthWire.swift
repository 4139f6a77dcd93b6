import WebSocketWire

/// How a `TruthServer` puts the messages that it delivers onto the wire. Pure.
enum TruthWire: Sendable {
    /// A frame a message, a write a frame.
    case frames
    /// Fragments of these sizes and one with the rest, which may be empty, a ping behind the first.
    case fragments([Int])
    /// So many messages at a time, in one write.
    case coalesced(Int)
    /// A write for each byte.
    case singleBytes

    static let pingPayload = Array("between fragments".utf8)

    /// Messages that are gathered before anything is written.
    var messagesPerWrite: Int {
        if case .coalesced(let count) = self { count } else { 1 }
    }

    /// Pings within the frames of a message.
    var pingsPerMessage: Int {
        if case .fragments = self { 1 } else { 0 }
    }

    /// The frames of a message.
    func encoded(_ kind: MessageKind, _ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        guard case .fragments(let sizes) = self else {
            FrameWriter.append(opcode: kind.opcode, payload: payload, to: &bytes)
            return bytes
        }
        var rest = payload[...]
        for (index, size) in sizes.enumerated() {
            let opcode: Opcode = index == 0 ? kind.opcode : .continuation
            FrameWriter.append(opcode: opcode, payload: rest.prefix(size), fin: false, to: &bytes)
            rest = rest.dropFirst(size)
            if index == 0 { FrameWriter.append(opcode: .ping, payload: Self.pingPayload, to: &bytes) }
        }
        FrameWriter.append(opcode: .continuation, payload: rest, to: &bytes)
        return bytes
    }

    /// What is handed to the kernel at a time.
    func writes(_ frames: [UInt8]) -> [[UInt8]] {
        if case .singleBytes = self { frames.map { [$0] } } else { [frames] }
    }
}
