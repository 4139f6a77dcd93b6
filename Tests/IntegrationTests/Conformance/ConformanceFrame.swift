import WebSocketWire

/// A frame as the peer of the program puts it on the wire, right or wrong (RFC 6455 §5.2).
///
/// It is put together here and not by the program's own writer, which could not write most of the wrong ones.
struct ConformanceFrame: Sendable {
    enum LengthForm: Sendable {
        /// As §5.2 demands.
        case shortest
        case sixteenBits
        case sixtyFourBits
    }

    /// FIN, the reserved bits and the opcode.
    var firstByte: UInt8
    var payload: [UInt8]
    var lengthForm = LengthForm.shortest
    /// Nil for the payload's own. A frame that declares more is one that has not ended.
    var declaredBytes: UInt64?
    /// Four bytes.
    var maskingKey: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    /// Masked by a server, or not masked by a client (§5.1).
    var isMaskedWrongly = false

    init(_ firstByte: UInt8, _ payload: [UInt8] = []) {
        self.firstByte = firstByte
        self.payload = payload
    }

    private init(opcode: UInt8, _ payload: [UInt8], fin: Bool, rsv1: Bool) {
        self.init((fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode, payload)
    }

    static func text(_ text: String, fin: Bool = true) -> ConformanceFrame {
        .text(bytes: Array(text.utf8), fin: fin)
    }

    static func text(bytes: [UInt8], fin: Bool = true, rsv1: Bool = false) -> ConformanceFrame {
        ConformanceFrame(opcode: 1, bytes, fin: fin, rsv1: rsv1)
    }

    static func binary(_ payload: [UInt8], fin: Bool = true, rsv1: Bool = false) -> ConformanceFrame {
        ConformanceFrame(opcode: 2, payload, fin: fin, rsv1: rsv1)
    }

    static func continuation(_ text: String, fin: Bool = true) -> ConformanceFrame {
        .continuation(bytes: Array(text.utf8), fin: fin)
    }

    static func continuation(bytes: [UInt8], fin: Bool = true, rsv1: Bool = false) -> ConformanceFrame {
        ConformanceFrame(opcode: 0, bytes, fin: fin, rsv1: rsv1)
    }

    static func ping(_ payload: [UInt8] = []) -> ConformanceFrame { ConformanceFrame(0x89, payload) }

    static func pong(_ payload: [UInt8] = []) -> ConformanceFrame { ConformanceFrame(0x8A, payload) }

    /// With a code, and a reason behind it.
    static func close(_ code: Int, reason: [UInt8] = []) -> ConformanceFrame {
        let codeBytes = [UInt8(truncatingIfNeeded: code >> 8), UInt8(truncatingIfNeeded: code)]
        return ConformanceFrame(0x88, codeBytes + reason)
    }

    /// With any payload.
    static func close(payload: [UInt8]) -> ConformanceFrame { ConformanceFrame(0x88, payload) }

    func bytes(to receiver: Role) -> [UInt8] {
        let isMasked = (receiver == .server) != isMaskedWrongly
        var bytes = [firstByte]
        appendLength(to: &bytes, maskBit: isMasked ? 0x80 : 0)
        if isMasked { bytes.append(contentsOf: maskingKey) }
        let start = bytes.count
        bytes.append(contentsOf: payload)
        if isMasked { Self.mask(&bytes, from: start, with: maskingKey) }
        return bytes
    }

    private func appendLength(to bytes: inout [UInt8], maskBit: UInt8) {
        let length = declaredBytes ?? UInt64(payload.count)
        let lengthBytes: UInt64
        switch (lengthForm, length) {
        case (.shortest, ..<126):
            bytes.append(maskBit | UInt8(truncatingIfNeeded: length))
            return
        case (.shortest, ..<65_536), (.sixteenBits, _):
            bytes.append(maskBit | 126)
            lengthBytes = 2
        case (.shortest, _), (.sixtyFourBits, _):
            bytes.append(maskBit | 127)
            lengthBytes = 8
        }
        for index in (0..<lengthBytes).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: length >> (8 * index)))
        }
    }

    /// Masks or unmasks what stands in `bytes` from `start` on (§5.3). `key` has four bytes.
    static func mask(_ bytes: inout [UInt8], from start: Int, with key: [UInt8]) {
        bytes.withUnsafeMutableBufferPointer { all in
            var index = start
            while index < all.count {
                all[index] ^= key[(index - start) & 3]
                index += 1
            }
        }
    }
}
