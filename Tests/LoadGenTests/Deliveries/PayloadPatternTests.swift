import LoadGen
import Testing

@Suite("PayloadPattern")
struct PayloadPatternTests {
    private static let stamp = Stamp(
        identity: Stamp.Identity(runTag: 1, publisher: 2, sequence: 3), intendedNanoseconds: 4,
        sentNanoseconds: 5)

    private func payload(of pattern: PayloadPattern) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: pattern.byteCount)
        bytes.withUnsafeMutableBytes { pattern.write(Self.stamp, into: $0) }
        return bytes
    }

    private func matches(_ bytes: some Collection<UInt8>, _ pattern: PayloadPattern, at offset: Int = 0)
        -> Bool
    {
        Array(bytes).withUnsafeBytes { pattern.matches($0, payloadOffset: offset) }
    }

    @Test(
        "a payload begins with its stamp and matches its pattern",
        arguments: [48, 49, 64, 128, 4_096, 100_000])
    func builds(byteCount: Int) {
        let pattern = PayloadPattern(byteCount: byteCount)
        let bytes = payload(of: pattern)
        #expect(bytes.withUnsafeBytes { Stamp.decode($0) } == Self.stamp)
        #expect(matches(bytes, pattern))
        #expect(bytes.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != 0x22 && $0 != 0x5c })
    }

    @Test("the filler is the same for every pattern, and holds no stamp")
    func deterministic() {
        let long = payload(of: PayloadPattern(byteCount: 9_000))
        let short = payload(of: PayloadPattern(byteCount: 100))
        #expect(Array(long.prefix(100)) == short)
        #expect(Array(long.dropFirst(48)).withUnsafeBytes(Stamp.find(in:)) == nil)
    }

    @Test("a payload in pieces matches, however it is cut", arguments: [1, 7, 47, 48, 49, 100, 1_000, 4_093])
    func pieces(pieceBytes: Int) {
        let pattern = PayloadPattern(byteCount: 10_000)
        let bytes = payload(of: pattern)
        for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
            #expect(matches(bytes[start..<min(start + pieceBytes, bytes.count)], pattern, at: start))
        }
    }

    @Test("a changed byte after the stamp is noticed, one in it is not", arguments: [0, 47, 48, 49, 63, 99])
    func changedByte(place: Int) {
        let pattern = PayloadPattern(byteCount: 100)
        var bytes = payload(of: pattern)
        bytes[place] ^= 1
        #expect(matches(bytes, pattern) == (place < Stamp.encodedBytes))
    }

    @Test(
        "data shifted by the size of any buffer is noticed",
        arguments: (0...15).map { 1 << $0 } + [1_000, 1_448, 65_483])
    func shifted(by distance: Int) {
        let pattern = PayloadPattern(byteCount: 100_000)
        let bytes = payload(of: pattern)
        #expect(!matches(bytes[(48 + distance)..<(48 + distance + 64)], pattern, at: 48))
    }

    @Test(
        "a piece that is not within the payload does not match",
        arguments: [
            (0, 101), (1, 100), (100, 1), (101, 0), (-1, 1), (Int.min, 1), (Int.max, 1), (Int.max, 0),
        ])
    func outside(offset: Int, count: Int) {
        let pattern = PayloadPattern(byteCount: 100)
        #expect(!matches([UInt8](repeating: 0x41, count: count), pattern, at: offset))
    }

    @Test("an empty piece within the payload matches", arguments: [0, 48, 100])
    func emptyPiece(offset: Int) {
        #expect(matches([], PayloadPattern(byteCount: 100), at: offset))
    }

    @Test("a payload without room for the stamp is a programmer error")
    func tooSmall() async {
        await #expect(processExitsWith: .failure) { _ = PayloadPattern(byteCount: 47) }
    }
}
