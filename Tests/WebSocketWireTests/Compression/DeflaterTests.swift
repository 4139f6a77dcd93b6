import Testing

@testable import WebSocketWire

@Suite("Deflater, RFC 7692 §7.2.1")
struct DeflaterTests {
    private static let hello = Array("Hello".utf8)

    @Test("one block with fixed codes (§7.2.3.1)")
    func fixedCodes() {
        #expect(MessageCompression.deflated(Self.hello) == [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
    }

    @Test("a block without compression (§7.2.3.3)")
    func stored() {
        #expect(
            MessageCompression.deflated(Self.hello, level: 0)
                == [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00])
    }

    @Test("an empty payload gives one byte (§7.2.3.6)", arguments: Array(9...15), [0, 1, 6, 9])
    func empty(windowBits: Int, level: Int) {
        #expect(MessageCompression.deflated([], windowBits: windowBits, level: level) == [0x00])
    }

    @Test("a message does not depend on those before it, and is appended")
    func independence() {
        let deflater = Deflater(windowBits: 15)
        var output: [UInt8] = [0xAA]
        let alone = MessageCompression.deflated(Self.hello)
        let text = TestContent.text.bytes(5000)
        Self.hello.withUnsafeBytes { deflater.compress($0, into: &output) }
        text.withUnsafeBytes { deflater.compress($0, into: &output) }
        Self.hello.withUnsafeBytes { deflater.compress($0, into: &output) }
        #expect(output == [0xAA] + alone + MessageCompression.deflated(text) + alone)
    }

    @Test("a higher level gives fewer bytes")
    func levels() {
        let text = TestContent.text.bytes(100_000)
        let sizes = [0, 1, 9].map { MessageCompression.deflated(text, level: $0).count }
        #expect(sizes[0] > text.count)
        #expect(sizes[1] < text.count / 2)
        #expect(sizes[2] < sizes[1])
    }

    @Test("what cannot be compressed grows by little", arguments: Array(9...15))
    func incompressible(windowBits: Int) {
        let payload = TestContent.random.bytes(1 << 20)
        let deflater = Deflater(windowBits: windowBits)
        var output: [UInt8] = []
        payload.withUnsafeBytes { deflater.compress($0, into: &output) }
        // Small windows have lost the bytes by the time that a stored block would be best.
        #expect(output.count > payload.count - payload.count / 50)
        #expect(output.count < payload.count + payload.count / 50)
        // An eighth more, which an allocator rounds up by at most a quarter.
        #expect(output.capacity < (payload.count + payload.count / 8) * 5 / 4)
    }

    @Test("what is compressed inflates to the same", arguments: Array(9...15), TestContent.allCases)
    func roundTrips(windowBits: Int, content: TestContent) throws {
        let deflater = Deflater(windowBits: windowBits)
        let inflater = Inflater()
        for count in [0, 1, 125, 126, 65_535, 65_536, 1 << 20] {
            let payload = content.bytes(count)
            var compressed: [UInt8] = []
            payload.withUnsafeBytes { deflater.compress($0, into: &compressed) }
            let inflated = try MessageCompression.inflated(compressed, limitBytes: count, by: inflater)
            // Compared outside of the macro, which would print a megabyte.
            let isSame = inflated == payload
            #expect(isSame, "\(count) bytes")
        }
    }
}
