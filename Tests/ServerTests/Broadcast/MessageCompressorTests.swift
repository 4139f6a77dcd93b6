import Testing
import WebSocketWire

@testable import Server

@Suite("MessageCompressor")
struct MessageCompressorTests {
    private static let text = Array(String(repeating: "compress me, ", count: 40).utf8)

    private static func random(_ count: Int) -> [UInt8] {
        var random = SeededGenerator(seed: 7)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private static func frame(_ opcode: Opcode, _ payload: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = []
        FrameWriter.append(opcode: opcode, payload: payload, to: &frame)
        return frame
    }

    private func compress(
        _ compressor: MessageCompressor, _ frames: [UInt8], windowBits: Int = 15
    ) -> (bytes: [UInt8], newestFrameOffset: Int) {
        var bytes: [UInt8] = []
        let offset = frames.withUnsafeBytes {
            compressor.append($0, coded: FrameCoding(windowBits: windowBits), to: &bytes)
        }
        return (bytes, offset)
    }

    @Test("frames become frames with the same messages, compressed, and the last one's place is told")
    func frames() throws {
        let compressor = MessageCompressor { [] }
        let frames = Self.frame(.text, Self.text) + Self.frame(.binary, Self.text + Self.text)
        let result = compress(compressor, frames)
        let messages = try CodedMessage.read(result.bytes)
        #expect(messages.map(\.payload) == [Self.text, Self.text + Self.text])
        #expect(messages.map(\.kind) == [.text, .binary])
        #expect(messages.allSatisfy { $0.isCompressed })
        #expect(result.bytes.count < frames.count / 4)
        #expect(try CodedMessage.read(Array(result.bytes[result.newestFrameOffset...])) == [messages[1]])
        #expect(compressor.compressionCount == 2)
    }

    @Test("the place of the last frame is that within what was appended")
    func appending() {
        let compressor = MessageCompressor { [] }
        var bytes: [UInt8] = [1, 2, 3]
        let frames = Self.frame(.text, Self.text)
        let offset = frames.withUnsafeBytes {
            compressor.append($0, coded: FrameCoding(windowBits: 15), to: &bytes)
        }
        #expect(offset == 0)
        #expect(Array(bytes.prefix(3)) == [1, 2, 3])
        #expect(Array(bytes.dropFirst(3)) == compress(compressor, frames).bytes)
    }

    @Test("no frames are no bytes")
    func nothing() {
        let result = compress(MessageCompressor { [] }, [])
        #expect(result.bytes == [])
        #expect(result.newestFrameOffset == 0)
    }

    @Test("below 64 bytes nothing is compressed", arguments: [0, 1, 63])
    func small(count: Int) {
        let compressor = MessageCompressor { [] }
        let frame = Self.frame(.text, [UInt8](repeating: 0x61, count: count))
        #expect(compress(compressor, frame).bytes == frame)
        #expect(compressor.compressionCount == 0)
    }

    @Test("from 64 bytes on what gets smaller is compressed", arguments: [64, 125, 126, 65_535, 65_536, 1 << 20])
    func large(count: Int) throws {
        let compressor = MessageCompressor { [] }
        let payload = [UInt8](repeating: 0x61, count: count)
        let messages = try CodedMessage.read(compress(compressor, Self.frame(.text, payload)).bytes)
        #expect(messages.count == 1)
        #expect(messages.first?.isCompressed == true)
        let isSame = messages.first?.payload == payload
        #expect(isSame)
        #expect(compressor.compressionCount == 1)
    }

    @Test("what would not get smaller stays as it is", arguments: [64, 1000, 100_000])
    func incompressible(count: Int) {
        let compressor = MessageCompressor { [] }
        let frame = Self.frame(.binary, Self.random(count))
        let isSame = compress(compressor, frame).bytes == frame
        #expect(isSame)
        #expect(compressor.compressionCount == 1)
    }

    @Test("plain frames are copied")
    func plain() {
        let compressor = MessageCompressor { [] }
        let frame = Self.frame(.text, Self.text)
        var bytes: [UInt8] = []
        let offset = frame.withUnsafeBytes { compressor.append($0, coded: .plain, to: &bytes) }
        #expect(offset == 0)
        #expect(bytes == frame)
        #expect(compressor.compressionCount == 0)
    }

    @Test("a small window does not see what a large one does")
    func windows() throws {
        let compressor = MessageCompressor { [] }
        let piece = Self.random(4000)
        let frame = Self.frame(.binary, piece + piece)
        let small = compress(compressor, frame, windowBits: 9).bytes
        let large = compress(compressor, frame, windowBits: 15).bytes
        #expect(large.count < frame.count - 3000)
        #expect(small.count > large.count + 3000)
        #expect(try CodedMessage.read(large).map(\.payload) == [piece + piece])
    }

    @Test("the codings in use are asked for each time")
    func codingsInUse() {
        var codings: CodingSet = []
        let compressor = MessageCompressor { codings }
        #expect(compressor.codingsInUse == [])
        codings = CodingSet(FrameCoding(windowBits: 12))
        #expect(compressor.codingsInUse == CodingSet(FrameCoding(windowBits: 12)))
    }
}
