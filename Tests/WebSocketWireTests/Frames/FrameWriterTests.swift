import Testing
import WebSocketWire

@Suite("FrameWriter")
struct FrameWriterTests {
    private func header(
        _ opcode: Opcode, fin: Bool = true, rsv1: Bool = false, payloadBytes: Int, key: MaskingKey? = nil
    ) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: FrameWriter.maximumHeaderBytes)
        let count = bytes.withUnsafeMutableBytes {
            FrameWriter.writeHeader(
                opcode: opcode, fin: fin, rsv1: rsv1, payloadBytes: payloadBytes, maskingKey: key,
                into: $0.baseAddress!)
        }
        return Array(bytes[..<count])
    }

    @Test("lengths are written in the shortest of the three forms")
    func lengthForms() {
        #expect(header(.binary, payloadBytes: 0) == [0x82, 0])
        #expect(header(.binary, payloadBytes: 125) == [0x82, 125])
        #expect(header(.binary, payloadBytes: 126) == [0x82, 126, 0, 126])
        #expect(header(.binary, payloadBytes: 256) == [0x82, 126, 1, 0])
        #expect(header(.binary, payloadBytes: 65535) == [0x82, 126, 0xFF, 0xFF])
        #expect(header(.binary, payloadBytes: 65536) == [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0])
    }

    @Test("FIN, RSV1, opcode and mask stand where RFC 6455 §5.2 puts them")
    func bits() {
        #expect(header(.text, fin: false, payloadBytes: 3) == [0x01, 3])
        #expect(header(.text, rsv1: true, payloadBytes: 3) == [0xC1, 3])
        #expect(header(.pong, payloadBytes: 0) == [0x8A, 0])
        let key = MaskingKey(bits: 0x0403_0201)
        #expect(header(.text, payloadBytes: 3, key: key) == [0x81, 0x83, 1, 2, 3, 4])
        #expect(header(.text, payloadBytes: 126, key: key) == [0x81, 0xFE, 0, 126, 1, 2, 3, 4])
    }

    @Test(
        "the size told in advance is the size written",
        arguments: [0, 1, 125, 126, 127, 65535, 65536, 1 << 40])
    func headerBytes(payloadBytes: Int) {
        for key in [nil, MaskingKey(bits: 1)] {
            let written = header(.binary, payloadBytes: payloadBytes, key: key).count
            #expect(FrameWriter.headerBytes(payloadBytes: payloadBytes, masked: key != nil) == written)
        }
    }

    @Test("whole frames are the examples of RFC 6455 §5.7")
    func examples() {
        var bytes: [UInt8] = []
        FrameWriter.append(opcode: .text, payload: "Hello".utf8, to: &bytes)
        #expect(bytes == [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        bytes = [0xAA]
        FrameWriter.append(
            opcode: .text, payload: "Hello".utf8, maskingKey: MaskingKey(bits: 0x3D21_FA37), to: &bytes)
        #expect(bytes == [0xAA, 0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
    }

    @Test("a close payload is the code in network order and the reason")
    func closePayload() {
        #expect(FrameWriter.closePayload(.normal, reason: "") == [0x03, 0xE8])
        #expect(FrameWriter.closePayload(.policyViolation, reason: "no") == [0x03, 0xF0, 0x6E, 0x6F])
        #expect(FrameWriter.closePayload(.noStatus, reason: "unsent").isEmpty)
    }

    @Test("a long reason is cut between characters", arguments: ["a", "é", "語", "😀"])
    func longReason(character: String) {
        for prefixBytes in 0...4 {
            let prefix = String(repeating: "x", count: prefixBytes)
            let reason = prefix + String(repeating: character, count: 200)
            let payload = FrameWriter.closePayload(.normal, reason: reason)
            let room = 123 - prefixBytes
            let whole = room - room % character.utf8.count
            #expect(payload.count == 2 + prefixBytes + whole)
            #expect(reason.utf8.starts(with: payload.dropFirst(2)))
        }
    }

    @Test("a reason of exactly 123 bytes is kept whole")
    func exactReason() {
        let reason = String(repeating: "語", count: 41)
        #expect(FrameWriter.closePayload(.normal, reason: reason).count == 125)
    }
}
