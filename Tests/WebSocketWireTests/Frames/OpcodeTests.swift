import Testing
import WebSocketWire

@Suite("Opcode")
struct OpcodeTests {
    @Test("opcodes have the values of RFC 6455 §5.2, and from 8 on they are control frames")
    func values() {
        let control: [UInt8: Bool] = [0: false, 1: false, 2: false, 8: true, 9: true, 10: true]
        for value in UInt8.min...UInt8.max {
            #expect(Opcode(rawValue: value)?.isControl == control[value])
        }
    }
}
