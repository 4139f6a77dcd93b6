import Testing

@testable import LoadGen

@Suite("KernelStamp")
struct KernelStampTests {
    private func isLone(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { KernelStamp.isLoneMessage($0) } }

    @Test("the wait is from the stamp to the read, unless the clock was set in between")
    func waited() {
        let stamp: UInt64 = 1_770_000_000_000_000_000
        #expect(KernelStamp.waitedNanoseconds(stampNanoseconds: stamp, readAtNanoseconds: stamp + 250_000) == 250_000)
        #expect(KernelStamp.waitedNanoseconds(stampNanoseconds: stamp, readAtNanoseconds: stamp) == 0)
        #expect(KernelStamp.waitedNanoseconds(stampNanoseconds: stamp, readAtNanoseconds: stamp - 1) == nil)
        let limit = KernelStamp.limitNanoseconds
        #expect(KernelStamp.waitedNanoseconds(stampNanoseconds: stamp, readAtNanoseconds: stamp + limit) == limit)
        #expect(KernelStamp.waitedNanoseconds(stampNanoseconds: stamp, readAtNanoseconds: stamp + limit + 1) == nil)
    }

    @Test(
        "one whole message of each form of length is one, a byte less or more is not",
        arguments: [
            ([0x82, 0], 0), ([0x81, 5], 5), ([0x82, 125], 125), ([0x82, 126, 0, 126], 126),
            ([0x81, 126, 0x12, 0x34], 0x1234), ([0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0], 65_536),
        ] as [([UInt8], Int)])
    func lengths(header: [UInt8], payloadBytes: Int) {
        let message = header + [UInt8](repeating: 0x41, count: payloadBytes)
        #expect(isLone(message))
        #expect(!isLone(Array(message.dropLast())))
        #expect(!isLone(message + [0x82]))
        #expect(!isLone(message + message))
    }

    @Test("a compressed message is one as well")
    func compressed() {
        #expect(isLone([0xc2, 2, 1, 2]))
        #expect(isLone([0xc1, 2, 1, 2]))
    }

    @Test(
        "what is no whole message is none: fragments, control frames, reserved bits, masks, cut headers",
        arguments: [
            [], [0x82], [0x02, 0], [0x01, 0], [0x80, 0], [0x89, 0], [0x8a, 0], [0x88, 0], [0xa2, 0], [0x92, 0],
            [0x82, 0x80, 0, 0, 0, 0], [0x82, 126], [0x82, 126, 0], [0x82, 127, 0, 0, 0, 0, 0, 0, 0],
            [0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255],
        ] as [[UInt8]])
    func others(bytes: [UInt8]) {
        #expect(!isLone(bytes))
    }
}
