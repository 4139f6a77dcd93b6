import Testing

@testable import Recording

@Suite("Zlib")
struct ZlibTests {
    @Test("bytes come back", arguments: [0, 1, 100_000])
    func roundTrip(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3) }
        #expect(Zlib.inflated(Zlib.deflated(bytes)[...], maximumBytes: count + 1) == bytes)
    }

    @Test("more than the limit is refused, the limit itself is not")
    func limit() {
        let deflated = Zlib.deflated([UInt8](repeating: 7, count: 1_000))
        #expect(Zlib.inflated(deflated[...], maximumBytes: 1_000)?.count == 1_000)
        #expect(Zlib.inflated(deflated[...], maximumBytes: 999) == nil)
    }

    @Test("damaged or cut input is refused")
    func damaged() {
        var deflated = Zlib.deflated([1, 2, 3, 4, 5])
        #expect(Zlib.inflated(deflated.dropLast(), maximumBytes: 100) == nil)
        deflated[deflated.count - 1] ^= 1
        #expect(Zlib.inflated(deflated[...], maximumBytes: 100) == nil)
        #expect(Zlib.inflated([], maximumBytes: 100) == nil)
    }
}
