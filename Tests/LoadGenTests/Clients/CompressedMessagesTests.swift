import Testing
import WebSocketWire

@testable import LoadGen

@Suite("CompressedMessages")
struct CompressedMessagesTests {
    private static let text = Array(String(repeating: "there and back, ", count: 100).utf8)

    private func parameters(_ more: String = "") throws -> DeflateParameters {
        try #require(try DeflateAgreement.agreed(inAnswer: ["permessage-deflate; server_no_context_takeover" + more]))
    }

    private func inflated(
        _ messages: CompressedMessages, _ payload: [UInt8], _ kind: MessageKind = .binary
    ) throws -> [UInt8] {
        var message: [UInt8] = []
        try payload.span.withUnsafeBytes { bytes throws(ProtocolViolation) in
            try messages.inflate(kind, bytes) { message = Array($0) }
        }
        return message
    }

    @Test("what is compressed inflates to the same, message by message", arguments: [9, 10, 15])
    func roundTrips(windowBits: Int) throws {
        let messages = CompressedMessages(maximumMessageBytes: 1 << 20)
        let parameters = try parameters("; client_max_window_bits=\(windowBits)")
        for count in [0, 1, 125, 1600, 100_000] {
            let payload = [UInt8]((0..<count).map { Self.text[$0 % Self.text.count] })
            let compressed = try #require(messages.compress(payload, parameters))
            let isSame = try inflated(messages, compressed) == payload
            #expect(isSame, "\(count) bytes")
            if count >= 1600 { #expect(compressed.count < count / 4) }
        }
    }

    @Test("a message's bytes do not depend on those before it, nor on other windows'")
    func independence() throws {
        let messages = CompressedMessages(maximumMessageBytes: 1 << 20)
        let small = try parameters("; client_max_window_bits=9")
        let large = try parameters()
        let alone = messages.compress(Self.text, large)
        _ = messages.compress(Self.text.reversed(), large)
        let aloneInSmall = messages.compress(Self.text, small)
        #expect(messages.compress(Self.text, large) == alone)
        #expect(messages.compress(Self.text, small) == aloneInSmall)
    }

    @Test("a server whose window zlib cannot keep to gets plain messages")
    func smallestWindow() throws {
        let messages = CompressedMessages(maximumMessageBytes: 1 << 20)
        let parameters = try parameters("; client_max_window_bits=8")
        #expect(messages.compress(Self.text, parameters) == nil)
    }

    @Test("a message of the limit is taken, one byte more is not")
    func limit() throws {
        let messages = CompressedMessages(maximumMessageBytes: Self.text.count)
        let parameters = try parameters()
        let largest = try #require(messages.compress(Self.text, parameters))
        #expect(try inflated(messages, largest) == Self.text)
        let larger = try #require(messages.compress(Self.text + [1], parameters))
        #expect(throws: ProtocolViolation.messageTooBig(limitBytes: Self.text.count)) {
            _ = try inflated(messages, larger)
        }
        #expect(try inflated(messages, largest) == Self.text)
    }

    @Test("what is no deflate data, or is cut off, is a violation; the next message is read all the same")
    func damage() throws {
        let messages = CompressedMessages(maximumMessageBytes: 1 << 20)
        let parameters = try parameters()
        let whole = try #require(messages.compress(Self.text, parameters))
        #expect(throws: ProtocolViolation.damagedCompression) {
            _ = try inflated(messages, [UInt8](repeating: 0xff, count: 20))
        }
        #expect(throws: ProtocolViolation.damagedCompression) {
            _ = try inflated(messages, Array(whole.prefix(whole.count / 2)))
        }
        #expect(try inflated(messages, whole) == Self.text)
    }

    @Test("text has to be UTF-8 once it is inflated, and whole")
    func text() throws {
        let messages = CompressedMessages(maximumMessageBytes: 1 << 20)
        let parameters = try parameters()
        for wrong in [[0xff], [0xc3], [0x61, 0xe2, 0x82]] as [[UInt8]] {
            let compressed = try #require(messages.compress(wrong, parameters))
            #expect(throws: ProtocolViolation.invalidUTF8) { _ = try inflated(messages, compressed, .text) }
            #expect(try inflated(messages, compressed, .binary) == wrong)
        }
        let right = try #require(messages.compress(Array("é€".utf8), parameters))
        #expect(try inflated(messages, right, .text) == Array("é€".utf8))
    }
}
