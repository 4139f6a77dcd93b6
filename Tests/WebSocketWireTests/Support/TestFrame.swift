import WebSocketWire

/// A frame to be put on the wire by a test; correct unless told otherwise.
struct TestFrame {
    var opcode: Opcode
    var payload: [UInt8]
    var fin = true
    var rsv1 = false

    init(_ opcode: Opcode, _ payload: [UInt8] = [], fin: Bool = true, rsv1: Bool = false) {
        self.opcode = opcode
        self.payload = payload
        self.fin = fin
        self.rsv1 = rsv1
    }

    init(_ opcode: Opcode, _ text: String, fin: Bool = true) {
        self.init(opcode, Array(text.utf8), fin: fin)
    }

    /// The frames as the peer of `receiver` sends them.
    static func wire(_ frames: [TestFrame], to receiver: Role) -> [UInt8] {
        var bytes: [UInt8] = []
        for frame in frames {
            FrameWriter.append(
                opcode: frame.opcode, payload: frame.payload,
                maskingKey: receiver == .server ? MaskingKey(bits: 0x3D21_FA37) : nil, fin: frame.fin,
                rsv1: frame.rsv1, to: &bytes)
        }
        return bytes
    }
}
