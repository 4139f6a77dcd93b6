import Testing
import WebSocketWire

@Suite("MessageKind")
struct MessageKindTests {
    @Test("each kind has the opcode of the same value")
    func opcodes() {
        #expect(MessageKind.text.opcode == .text)
        #expect(MessageKind.binary.opcode == .binary)
    }
}
