import Testing

@testable import Server

@Suite("StreamMask")
struct StreamMaskTests {
    private func members(_ mask: StreamMask) -> [Int] {
        var indices: [Int] = []
        mask.forEach { indices.append($0) }
        return indices
    }

    @Test("each stream of a server that compresses has a bit of its own")
    func single() {
        for stream in 0..<StreamID.count(isCompressing: true) {
            let mask = StreamMask(stream)
            #expect(members(mask) == [stream])
            for other in 0..<StreamID.count(isCompressing: true) {
                #expect(mask.contains(index: other) == (other == stream))
            }
        }
    }

    @Test("a visit sees the members in order, also those above 64 bits")
    func union() {
        var mask = StreamMask()
        #expect(mask.isEmpty)
        #expect(members(mask) == [])
        for stream in [71, 0, 63, 8, 64, 71] { mask.formUnion(StreamMask(stream)) }
        #expect(members(mask) == [0, 8, 63, 64, 71])
        #expect(!mask.isEmpty)
    }
}
