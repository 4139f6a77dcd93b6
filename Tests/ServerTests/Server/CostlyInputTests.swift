import Testing
import WebSocketWire

@testable import Server

/// Messages that take their time are taken up a turn's worth at a time, in their order, and none is left behind.
@Suite("BroadcastServer: input that takes its time", .serialized)
struct CostlyInputTests {
    /// What a turn has time for, several times over.
    private static let floodCount = 40
    private static let ping = #"{"type":"ping","padding":"\#(String(repeating: "p", count: 200_000))"}"#

    private static func compressed(_ text: String) -> [UInt8] {
        let deflater = Deflater(windowBits: 15)
        var payload: [UInt8] = []
        Array(text.utf8).withUnsafeBytes { deflater.compress($0, into: &payload) }
        var frame: [UInt8] = []
        FrameWriter.append(
            opcode: .text, payload: payload, maskingKey: MaskingKey(bits: 0x0102_0304), rsv1: true, to: &frame)
        return frame
    }

    @Test("every message is answered, those of others in between", arguments: ServerVariant.all, [false, true])
    func messages(variant: ServerVariant, isCompressed: Bool) throws {
        let server = try RunningServer(variant) { $0.compresses = isCompressed }
        let floods = try (0..<3).map { _ in try server.client() }
        for flood in floods {
            try flood.upgrade("/", extensions: isCompressed ? "permessage-deflate" : nil, headers: [])
        }
        let other = try server.client("/")
        let frame = isCompressed ? Self.compressed(Self.ping) : TestClient.frame(Self.ping)
        for flood in floods {
            try flood.write(Array(repeatElement(frame, count: Self.floodCount).joined()))
        }
        try other.send(#"{"type":"ping"}"#)
        #expect(try other.nextText().hasPrefix(#"{"type":"pong""#))
        for flood in floods {
            for _ in 0..<Self.floodCount { #expect(try flood.nextText().hasPrefix(#"{"type":"pong""#)) }
            try flood.sendClose()
            #expect(try flood.closeCode() == .normal)
        }
    }

    @Test("compressed messages are relayed in order, however many a read brings", arguments: ServerVariant.all)
    func relay(variant: ServerVariant) throws {
        let server = try RunningServer(variant) { $0.compresses = true }
        let listener = try server.client("/relay")
        let flood = try server.client()
        try flood.upgrade("/relay", extensions: "permessage-deflate", headers: [])
        let padding = String(repeating: ".", count: 200_000)
        let frames = (0..<Self.floodCount).map { Self.compressed("\($0)\(padding)") }
        try flood.write(Array(frames.joined()))
        for number in 0..<Self.floodCount {
            let isNext = try listener.nextText() == "\(number)\(padding)"
            #expect(isNext, "\(number)")
        }
    }

    @Test("requests with large bodies are answered in order", arguments: ServerVariant.all)
    func requests(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client()
        let padding = String(repeating: "p", count: 300_000)
        let bad = RunningServer.request("POST", "/api/gesture/process", json: #"{"type":"","padding":"\#(padding)"}"#)
        let requests = repeatElement(bad, count: 12) + [RunningServer.request("GET", "/healthz")]
        try client.write(Array(requests.joined()))
        for _ in 0..<12 { #expect(try client.response().status == 400) }
        #expect(try client.response().status == 200)
    }
}
