import Recording
import Transport

@testable import Server

extension StreamCursor {
    /// The payloads of the whole frames from here up to `end`, a published frame boundary.
    mutating func readPayloads(upTo end: UInt64) -> [String] {
        var payloads: [String] = []
        while position < end {
            let piece = self.piece(upTo: end)
            var offset = 0
            while offset < piece.count {
                guard let frame = piece.baseAddress?.advanced(by: offset) else { return payloads }
                let count = FrameLength.ofUnmaskedFrame(at: frame)
                let payloadBytes = UnsafeRawBufferPointer(rebasing: piece[offset..<offset + count])
                payloads.append(
                    String(decoding: payloadBytes.dropFirst(Self.headerBytes(count)), as: UTF8.self))
                offset += count
            }
            advance(by: piece.count)
        }
        return payloads
    }

    private static func headerBytes(_ frameBytes: Int) -> Int {
        frameBytes < 128 ? 2 : frameBytes < 65536 + 4 ? 4 : 10
    }
}

extension BroadcastLog {
    mutating func append(text: String) {
        let batch = Batch(loopIndex: 0)
        batch.add(text, to: .relay)
        batch.frames.withUnsafeBytes { append($0, frames: 1, newestFrameOffset: 0) }
    }
}

extension Batch {
    func add(_ text: String, to streams: StreamSet) {
        Array(text.utf8).withUnsafeBytes { addMessage(.text, $0, to: streams) }
    }

    var recipients: [Int] {
        items.flatMap { item -> [Int] in
            guard case .messages(let run) = item else { return [] }
            return [Int](repeating: run.recipients, count: run.frameCount)
        }
    }

    var transitions: [Transition] {
        items.compactMap { if case .transition(let transition) = $0 { transition } else { nil } }
    }
}

extension Connection {
    /// One without a socket.
    static func forTest() -> Connection {
        Connection(socket: SocketID(index: 0), loopIndex: 0, now: .now())
    }
}
