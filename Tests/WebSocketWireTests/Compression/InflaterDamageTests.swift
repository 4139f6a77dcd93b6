import Testing

@testable import WebSocketWire

@Suite("Inflater: what is no compressed message")
struct InflaterDamageTests {
    private let inflater = Inflater()

    /// Nil for a message that inflates to at most `limitBytes`. What was in the buffer before stays in any case.
    private func failure(of message: [UInt8], limitBytes: Int = 1 << 20) -> InflateFailure? {
        var output: [UInt8] = [0xAA]
        do throws(InflateFailure) {
            try MessageCompression.inflate(message, limitBytes: limitBytes, by: inflater, into: &output)
            #expect(output.count <= 1 + limitBytes)
            #expect(output.first == 0xAA)
            return nil
        } catch {
            #expect(output == [0xAA])
            return error
        }
    }

    @Test(
        "damaged data is refused",
        arguments: [
            // A block of the kind that does not exist.
            [0x07], [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0xFF],
            // A length that its complement does not fit.
            [0x00, 0x05, 0x00, 0xFA, 0xFE, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
            // What follows a final block is cut off.
            [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0xF2, 0x48],
            // The four bytes that are left out of a message are there.
            [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00, 0x00, 0xFF, 0xFF],
        ] as [[UInt8]])
    func damaged(message: [UInt8]) {
        #expect(failure(of: message) == .damaged)
    }

    @Test("a message that is cut off anywhere is refused")
    func truncated() {
        let text = MessageCompression.deflated(TestContent.text.bytes(3000))
        let hello: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
        for message in [text, hello] {
            #expect(failure(of: message) == nil)
            for count in 0..<message.count {
                #expect(failure(of: Array(message[..<count])) == .damaged, "\(count) of \(message.count) bytes")
            }
        }
    }

    @Test("a stored block that is cut off is not filled up with the bytes that are left out of messages")
    func truncatedStoredBlock() {
        let message: [UInt8] = [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00]
        // One byte is the empty message.
        for count in 0..<message.count where count != 1 {
            #expect(failure(of: Array(message[..<count])) == .damaged, "\(count) bytes")
        }
        #expect(failure(of: [0x00]) == nil)
    }

    @Test("a final block that is cut off is refused")
    func truncatedFinalBlock() {
        let message: [UInt8] = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
        #expect(failure(of: message) == nil)
        for count in 0..<message.count {
            #expect(failure(of: Array(message[..<count])) == .damaged, "\(count) bytes")
        }
    }

    @Test("any bytes are either inflated or refused", arguments: [0, 1, 100, 1 << 20])
    func random(limitBytes: Int) {
        var generator = SeededGenerator(seed: UInt64(limitBytes))
        var refused = 0
        for _ in 0..<5000 {
            let count = Int.random(in: 0...60, using: &generator)
            if failure(of: generator.bytes(count), limitBytes: limitBytes) != nil { refused += 1 }
        }
        #expect(refused > 0)
    }

    @Test("a message with any one bit changed is either inflated or refused")
    func changedBits() {
        let text = MessageCompression.deflated(TestContent.text.bytes(600))
        let stored = MessageCompression.deflated(TestContent.random.bytes(200))
        var sound = 0
        var refused = 0
        for message in [text, stored, [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]] {
            for index in message.indices {
                for bit in 0..<8 {
                    var changed = message
                    changed[index] ^= 1 << bit
                    if failure(of: changed, limitBytes: 10_000) == nil { sound += 1 } else { refused += 1 }
                }
            }
        }
        #expect(sound > 0)
        #expect(refused > 0)
    }
}
