import Testing
import WebSocketWire

@testable import FuzzTargets

/// That the target reads what it is given: a transcript that is always empty would never differ.
@Suite("Fuzzing: frames")
struct FrameTranscriptTests {
    private func transcript(_ pieces: [[UInt8]], role: Role) throws(FuzzFinding) -> FrameTranscript {
        try FrameTranscript(pieces, role: role, maximumMessageBytes: 4_096, allowsCompression: true)
    }

    @Test("RFC 6455 §5.7: Hello, masked and in one frame, in two frames, and a ping with its pong")
    func examples() throws {
        let hello = Array("Hello".utf8)
        let masked: [UInt8] = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]
        #expect(
            try transcript([masked], role: .server).entries == [.message(.text, hello, isCompressed: false)])

        let fragments: [UInt8] = [0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f]
        let ping: [UInt8] = [0x89, 0x05] + hello
        let pong: [UInt8] = [0x8a, 0x05] + hello
        let found = try transcript([fragments, ping + pong], role: .client)
        #expect(found.entries == [.message(.text, hello, isCompressed: false), .ping(hello), .pong(hello)])
        #expect(found.isAtMessageBoundary)
        #expect(found.violation == nil)
    }

    @Test("RFC 7692 §7.2.3.1: a compressed Hello is told as it came")
    func compressed() throws {
        let payload: [UInt8] = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]
        let found = try transcript([[0xc1, 0x07] + payload], role: .client)
        #expect(found.entries == [.message(.text, payload, isCompressed: true)])
    }

    @Test("an end, a violation and a message under way are told")
    func ends() throws {
        #expect(try transcript([[0x88, 0x02, 0x03, 0xe8]], role: .client).entries == [.close(.normal, reason: [])])
        #expect(try transcript([[0x83]], role: .client).violation == .unknownOpcode(3))
        let begun = try transcript([[0x82, 0x03, 1, 2]], role: .client)
        #expect(begun.unfinished == [1, 2])
        #expect(!begun.isAtMessageBoundary)
    }
}
