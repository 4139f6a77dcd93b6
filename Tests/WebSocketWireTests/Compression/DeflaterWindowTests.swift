import TestSupport
import Testing

@testable import WebSocketWire

@Suite("Deflater: the window")
struct DeflaterWindowTests {
    /// Random bytes, each piece twice in a row: the only matches are as far back as a piece is long. For each window
    /// there is one that only this window and larger ones reach.
    private static let farMatches: [UInt8] = {
        var bytes: [UInt8] = []
        var start = 0
        for distance in [200, 700, 1500, 3500, 7500, 15_000, 31_000] {
            let piece = TestContent.random.bytes(start + distance)[start...]
            bytes += piece + piece
            start += distance
        }
        return bytes
    }()

    @Test("no match is further back than the window", arguments: Array(9...15), [1, 6, 9])
    func isHonoured(windowBits: Int, level: Int) {
        let message = MessageCompression.deflated(Self.farMatches, windowBits: windowBits, level: level)
        let isSame = StrictInflation.inflated(message, windowBits: windowBits) == Self.farMatches
        #expect(isSame)
    }

    @Test("the next larger window has matches that are further back", arguments: Array(9...14))
    func isUsed(windowBits: Int) {
        let message = MessageCompression.deflated(Self.farMatches, windowBits: windowBits + 1, level: 9)
        let isRefused = StrictInflation.inflated(message, windowBits: windowBits) == nil
        #expect(isRefused)
    }
}
