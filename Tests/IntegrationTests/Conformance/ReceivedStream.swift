import TestSupport
import WebSocketWire

/// What a program under test has sent, frame by frame: held against RFC 6455 §5 and RFC 7692 §6, and put together.
struct ReceivedStream {
    private struct Message {
        let kind: MessageKind
        let isCompressed: Bool
        var bytes: [UInt8]
    }

    /// Which end the program is.
    private let program: Role
    /// Of what the program compresses; nil where it must not compress.
    private let windowBits: Int?
    private var message: Message?
    private(set) var answers: [ConformanceAnswer] = []
    /// 1005 for a close frame without a code; nil before one came.
    private(set) var closeCode: Int?
    /// What the program did wrong, whatever was asked of it.
    private(set) var flaw: String?

    init(from program: Role, windowBits: Int?) {
        self.program = program
        self.windowBits = windowBits
    }

    mutating func take(_ frame: ReceivedFrame) {
        guard flaw == nil else { return }
        flaw = headerFlaw(frame)
        guard flaw == nil else { return }
        switch frame.opcode {
        case 0: takePart(frame)
        case 1: begin(.text, frame)
        case 2: begin(.binary, frame)
        case 8: takeClose(frame.payload)
        case 9: answers.append(.ping(frame.payload))
        case 10: answers.append(.pong(frame.payload))
        default: flaw = "opcode \(frame.opcode)"
        }
    }

    private func headerFlaw(_ frame: ReceivedFrame) -> String? {
        if closeCode != nil { return "a frame behind the close frame" }
        if frame.isMasked != (program == .client) { return "masked: \(frame.isMasked)" }
        if !frame.hasShortestLength { return "a length in a longer form than it needs" }
        if frame.hasUnknownBits { return "RSV2 or RSV3" }
        if frame.opcode >= 8 {
            if !frame.isFinal { return "a fragmented control frame" }
            if frame.payload.count > 125 { return "a control frame of \(frame.payload.count) bytes" }
        }
        guard frame.isCompressed else { return nil }
        if windowBits == nil { return "RSV1 although nothing was negotiated" }
        return frame.opcode == 1 || frame.opcode == 2 ? nil : "RSV1 on opcode \(frame.opcode)"
    }

    private mutating func begin(_ kind: MessageKind, _ frame: ReceivedFrame) {
        guard message == nil else {
            flaw = "a message within a fragmented one"
            return
        }
        message = Message(kind: kind, isCompressed: frame.isCompressed, bytes: [])
        takePart(frame)
    }

    private mutating func takePart(_ frame: ReceivedFrame) {
        guard var whole = message else {
            flaw = "a continuation of nothing"
            return
        }
        whole.bytes.append(contentsOf: frame.payload)
        message = frame.isFinal ? nil : whole
        guard frame.isFinal else { return }
        guard whole.isCompressed, let windowBits else {
            answers.append(.message(whole.kind, whole.bytes))
            return
        }
        guard let inflated = StrictInflation.inflated(whole.bytes, windowBits: windowBits) else {
            let dump = HexDump.text(of: whole.bytes)
            flaw = "compressed data that a window of \(windowBits) bits does not inflate: \(dump)"
            return
        }
        answers.append(.message(whole.kind, inflated))
    }

    private mutating func takeClose(_ payload: [UInt8]) {
        guard payload.count >= 2 else {
            closeCode = 1005
            if payload.count == 1 { flaw = "a close frame of one byte" }
            return
        }
        closeCode = Int(payload[0]) << 8 | Int(payload[1])
        if String(validating: payload[2...], as: UTF8.self) == nil { flaw = "a close reason that is not UTF-8" }
    }
}
