import FoundationEssentials
import Recording
import Server
import WebSocketWire

/// The parts of a round trip that the specification names, each by itself: serialization, network transmission,
/// client handling; for a gesture and for an AI response of 4 KiB.
struct PartsMeasurement {
    private struct Sample {
        let name: String
        /// Makes the message from what the server is given.
        let serialize: () throws -> [UInt8]
    }

    /// What a client makes of a message: the envelope decides which data to expect.
    private struct Envelope<Payload: Decodable>: Decodable {
        let type: String
        let data: Payload
    }

    private struct Gesture: Decodable {
        struct Position: Decodable {
            let x: Double
            let y: Double
        }

        let type: String
        let position: Position
        let confidence: Double
        let timestamp: Int64
    }

    private struct AIAnswer: Decodable {
        let query: String
        let response: String
        let timestamp: Int64
    }

    private static let timestamp: Int64 = 1_640_000_000_000

    let context: SuiteContext
    let receiverCore: Int?

    func rows() throws -> [TargetRow] {
        let gestureBody = Array(#"{"type":"wave","position":{"x":0.5,"y":0.5},"confidence":0.92}"#.utf8)
        let response = AIResponse(
            query: "What is gesture recognition?", response: String(repeating: "gesture ", count: 490),
            model: "llama3.2:latest", inferenceMilliseconds: 1234, tokenCount: 490,
            timestampMilliseconds: Self.timestamp)
        return try rows(
            Sample(name: "gesture") {
                try GestureMessage.serialize(body: gestureBody, nowMilliseconds: Self.timestamp)
            }, Envelope<Gesture>.self)
            + rows(
                Sample(name: "AI response of 4 KiB") { AIResponse.message(data: response.serializedData()) },
                Envelope<AIAnswer>.self)
    }

    private func rows(_ sample: Sample, _ type: (some Decodable).Type) throws -> [TargetRow] {
        let frame = try frame(sample.serialize())
        return [
            row("serialization, \(sample.name)", 1e6, "about 1 ms", try serialization(sample)),
            row(
                "network transmission, \(sample.name)", 5e6, "3–5 ms",
                try transit(sample.name, frame.count)),
            row("client handling, \(sample.name)", 2e6, "about 2 ms", try handling(frame, type)),
        ]
    }

    private func row(
        _ target: String, _ documentedNanoseconds: Double, _ documented: String, _ histogram: LatencyHistogram
    ) -> TargetRow {
        .latency(
            target, documentedNanoseconds: documentedNanoseconds, documented: documented,
            summary: histogram.summary())
    }

    private func frame(_ message: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = []
        FrameWriter.append(opcode: .text, payload: message, to: &frame)
        return frame
    }

    /// Validating what was posted, JSON, and the frame around it.
    private func serialization(_ sample: Sample) throws -> LatencyHistogram {
        try timed("serialization") { _ = frame(try sample.serialize()) }
    }

    private func transit(_ name: String, _ frameBytes: Int) throws -> LatencyHistogram {
        try context.announce("network transmission, \(name)")
        return try TransitProbe.run(
            messageBytes: frameBytes, rounds: context.scale.rounds(1_000), io: context.io, core: receiverCore)
    }

    /// Parsing the frame, checking its text, decoding its JSON.
    private func handling(_ frame: [UInt8], _ type: (some Decodable).Type) throws -> LatencyHistogram {
        let decoder = JSONDecoder()
        var input = frame
        return try timed("client handling") {
            var parser = FrameParser(role: .client, maximumMessageBytes: 1 << 20)
            try input.withUnsafeMutableBytes { bytes in
                var offset = 0
                guard case .message(_, let range, _)? = try parser.next(in: bytes, at: &offset) else {
                    throw ProbeFailure(description: "the frame is not a message")
                }
                _ = try decoder.decode(type, from: Data(bytes[range]))
            }
        }
    }

    private func timed(_ name: String, _ body: () throws -> Void) throws -> LatencyHistogram {
        try context.announce(name)
        let histogram = LatencyHistogram()
        for round in 0..<context.scale.rounds(5_000) {
            let began = MonotonicInstant.now()
            try body()
            // The first rounds meet cold caches and lazily loaded code.
            if round >= 10 { histogram.record(UInt64(MonotonicInstant.now() - began)) }
        }
        return histogram
    }
}
