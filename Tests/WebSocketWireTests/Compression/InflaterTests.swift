import Testing

@testable import WebSocketWire

@Suite("Inflater, RFC 7692 §7.2.2")
struct InflaterTests {
    private static let hello: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
    /// Its block is a final one and ends with a byte; the 0x00 that §7.2.3.4 has behind it is left out.
    private static let finalHello: [UInt8] = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]

    /// 64 MiB of zeros, compressed.
    private static let zeros = MessageCompression.deflated([UInt8](repeating: 0, count: 1 << 26))

    @Test(
        "the examples of §7.2.3",
        arguments: [
            ([0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], "Hello"),
            ([0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00], "Hello"),
            ([0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00], "Hello"),
            ([0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00], "Hello"),
            ([0x00], ""),
        ] as [([UInt8], String)])
    func examples(message: [UInt8], text: String) throws {
        #expect(try MessageCompression.inflated(message) == Array(text.utf8))
    }

    @Test("a message in fragments, from its frames on (§7.2.3.1)")
    func frames() throws {
        let wire: [UInt8] = [0x41, 0x03, 0xF2, 0x48, 0xCD, 0x80, 0x04, 0xC9, 0xC9, 0x07, 0x00]
        let transcript = FrameTranscript(everySplitOf: wire, role: .client, allowsCompression: true)
        #expect(transcript.entries == [.message(.text, Self.hello, isCompressed: true)])
        #expect(try MessageCompression.inflated(Self.hello) == Array("Hello".utf8))
    }

    @Test("final blocks end a message or are followed by further data")
    func finalBlocks() throws {
        let text = Array("Hello".utf8)
        let emptyFinalBlock: [UInt8] = [0x01]
        #expect(try MessageCompression.inflated(Self.finalHello) == text)
        #expect(try MessageCompression.inflated(Self.finalHello + Self.finalHello) == text + text)
        #expect(try MessageCompression.inflated(Self.finalHello + Self.finalHello + [0x00]) == text + text)
        #expect(try MessageCompression.inflated(Self.finalHello + Self.hello) == text + text)
        #expect(try MessageCompression.inflated(Self.finalHello + emptyFinalBlock) == text)
    }

    @Test("a message may not refer to the one before it (§7.2.3.2), nor behind a final block to what is before that")
    func noContextTakeover() throws {
        let inflater = Inflater()
        let second: [UInt8] = [0xF2, 0x00, 0x11, 0x00, 0x00]
        #expect(try MessageCompression.inflated(Self.hello, by: inflater) == Array("Hello".utf8))
        #expect(throws: InflateFailure.damaged) { _ = try MessageCompression.inflated(second, by: inflater) }
        #expect(throws: InflateFailure.damaged) { _ = try MessageCompression.inflated(Self.finalHello + second) }
        // A refused message leaves nothing behind.
        #expect(try MessageCompression.inflated(Self.hello, by: inflater) == Array("Hello".utf8))
    }

    @Test("a message of the limit's size is inflated, one byte more is too large", arguments: TestContent.allCases)
    func limit(content: TestContent) throws {
        let inflater = Inflater()
        for count in [0, 1, 63, 64, 65, 1000, 100_000] {
            let payload = content.bytes(count)
            let message = MessageCompression.deflated(payload)
            var output: [UInt8] = [0xAA]
            try MessageCompression.inflate(message, limitBytes: count, by: inflater, into: &output)
            let isAppended = output == [0xAA] + payload
            #expect(isAppended, "\(count) bytes")
            guard count > 0 else { continue }
            output = [0xAA]
            #expect(throws: InflateFailure.tooLarge(limitBytes: count - 1)) {
                try MessageCompression.inflate(message, limitBytes: count - 1, by: inflater, into: &output)
            }
            #expect(output == [0xAA])
        }
    }

    @Test("the largest number is a limit as well")
    func largestLimit() throws {
        #expect(try MessageCompression.inflated(Self.hello, limitBytes: Int.max) == Array("Hello".utf8))
    }

    @Test("a small message that inflates to much stops at the limit", arguments: [0, 1, 1000, 1 << 20])
    func bomb(limitBytes: Int) {
        let message = Self.zeros
        #expect(message.count < 1 << 19)
        var output: [UInt8] = []
        #expect(throws: InflateFailure.tooLarge(limitBytes: limitBytes)) {
            try MessageCompression.inflate(message, limitBytes: limitBytes, by: Inflater(), into: &output)
        }
        #expect(output.isEmpty)
        // An allocator rounds up by at most a quarter.
        #expect(output.capacity < limitBytes * 5 / 4 + 65_536)
    }

    @Test("capacity that is there is used")
    func capacity() throws {
        let message = MessageCompression.deflated(TestContent.text.bytes(60_000))
        var output: [UInt8] = []
        output.reserveCapacity(65_536)
        let capacity = output.capacity
        try MessageCompression.inflate(message, limitBytes: 1 << 20, by: Inflater(), into: &output)
        #expect(output.count == 60_000)
        #expect(output.capacity == capacity)
    }

    @Test("a failure names the violation that the connection is closed for")
    func violations() {
        #expect(InflateFailure.damaged.violation == .damagedCompression)
        #expect(InflateFailure.tooLarge(limitBytes: 7).violation == .messageTooBig(limitBytes: 7))
    }
}
