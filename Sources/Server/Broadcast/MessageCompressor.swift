import WebSocketWire

/// Compresses what one loop accepts: each message once for every window that clients have, however many they are.
///
/// Nothing is kept from one message to the next (`server_no_context_takeover`, RFC 7692 §7.1.1.1), which is what lets
/// clients share the result. Loop's thread only. Memory: a deflater for each window that was ever in use, 256 KiB at
/// most, and a megabyte.
final class MessageCompressor {
    /// Below this deflate's own overhead eats what it gains.
    static let minimumPayloadBytes = 64
    private static let keptCapacityBytes = 1 << 20

    private let readCodingsInUse: () -> CodingSet
    private var deflaters = [Deflater?](repeating: nil, count: FrameCoding.count)
    private var scratch: [UInt8] = []
    /// How many messages were ever compressed, counted once for each window.
    private(set) var compressionCount = 0

    /// - Parameter codingsInUse: the windows that clients have at this moment.
    init(codingsInUse: @escaping () -> CodingSet) { readCodingsInUse = codingsInUse }

    var codingsInUse: CodingSet { readCodingsInUse() }

    /// Appends the same messages as `frames` holds, one frame each, compressed where that makes them smaller.
    ///
    /// - Parameter frames: whole unmasked frames of this server's own.
    /// - Returns: where in what was appended the last frame begins.
    func append(_ frames: UnsafeRawBufferPointer, coded coding: FrameCoding, to bytes: inout [UInt8]) -> Int {
        let start = bytes.count
        var newestFrameOffset = 0
        var offset = 0
        while offset < frames.count, let frame = frames.baseAddress?.advanced(by: offset) {
            newestFrameOffset = bytes.count - start
            let frameBytes = FrameLength.ofUnmaskedFrame(at: frame)
            let headerBytes = FrameLength.headerBytesOfUnmaskedFrame(at: frame)
            let payload = UnsafeRawBufferPointer(start: frame + headerBytes, count: frameBytes - headerBytes)
            // The first byte of a frame of ours is FIN and an opcode.
            let opcode = Opcode(rawValue: frame.load(as: UInt8.self) & 0x0F) ?? .binary
            append(opcode, payload, coded: coding, to: &bytes)
            offset += frameBytes
        }
        return newestFrameOffset
    }

    /// Appends one message as a frame, compressed where that makes it smaller.
    func append(
        _ opcode: Opcode, _ payload: UnsafeRawBufferPointer, coded coding: FrameCoding, to bytes: inout [UInt8]
    ) {
        if let windowBits = coding.windowBits, payload.count >= Self.minimumPayloadBytes {
            scratch.removeAll(keepingCapacity: scratch.capacity <= Self.keptCapacityBytes)
            deflater(coding, windowBits).compress(payload, into: &scratch)
            compressionCount += 1
            if scratch.count < payload.count {
                return FrameWriter.append(opcode: opcode, payload: scratch, rsv1: true, to: &bytes)
            }
        }
        FrameWriter.append(opcode: opcode, payload: payload, to: &bytes)
    }

    private func deflater(_ coding: FrameCoding, _ windowBits: Int) -> Deflater {
        if let deflater = deflaters[coding.index] { return deflater }
        let deflater = Deflater(windowBits: windowBits)
        deflaters[coding.index] = deflater
        return deflater
    }
}
