import Testing
import WebSocketWire

@Suite("CloseCode")
struct CloseCodeTests {
    @Test(
        "codes that a close frame may carry",
        arguments: [
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
        ])
    func valid(code: UInt16) {
        #expect(CloseCode(rawValue: code).isValidOnWire)
    }

    @Test(
        "codes that a close frame must not carry",
        arguments: [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535])
    func invalid(code: UInt16) {
        #expect(!CloseCode(rawValue: code).isValidOnWire)
    }
}
