import LoadGen
import Testing

@Suite("StampFinder")
struct StampFinderTests {
    private static func identity(_ sequence: UInt64) -> Stamp.Identity {
        Stamp.Identity(runTag: 3, publisher: 5, sequence: sequence)
    }

    private static func payload(_ sequence: UInt64, before: String, after: String = "\"}") -> [UInt8] {
        let stamp = Stamp(identity: identity(sequence), intendedNanoseconds: 1, sentNanoseconds: 2)
        var bytes = [UInt8](repeating: 0, count: Stamp.encodedBytes)
        bytes.withUnsafeMutableBytes { stamp.encode(into: $0) }
        return Array(before.utf8) + bytes + Array(after.utf8)
    }

    @Test("a stamp is found where the last one stood, elsewhere, and where there was none before")
    func places() {
        var finder = StampFinder()
        let envelopes = ["", "{\"n\":9,\"id\":\"", "{\"n\":10,\"id\":\"", "", "~bs~", "{\"n\":10,\"id\":\""]
        for (index, before) in envelopes.enumerated() {
            let bytes = Self.payload(UInt64(index), before: before)
            let found = bytes.withUnsafeBytes { finder.identity(in: $0) }
            #expect(found == Self.identity(UInt64(index)))
            let nothing = Array("{\"type\":\"welcome\"}".utf8).withUnsafeBytes { finder.identity(in: $0) }
            #expect(nothing == nil)
        }
        let none = finder.identity(in: UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(none == nil)
    }

    private static func found(_ parts: [ArraySlice<UInt8>]) -> Stamp.Identity? {
        var carried: [UInt8] = []
        for part in parts { Array(part).withUnsafeBytes { StampFinder.search($0, carrying: &carried) } }
        return carried.withUnsafeBytes { Stamp.decodeIdentity($0) }
    }

    @Test("a stamp is found wherever a message is split in two or three", arguments: ["", "{\"data\":\"", "~bs~~"])
    func splits(before: String) {
        let bytes = Self.payload(77, before: before)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let parts = [bytes[..<first], bytes[first..<second], bytes[second...]]
                guard Self.found(parts) == Self.identity(77) else {
                    Issue.record("not found when split at \(first) and \(second)")
                    return
                }
            }
        }
    }

    @Test("in pieces of every size, before and behind long text", arguments: [1, 2, 7, 46, 47, 48, 49, 95, 1000])
    func pieces(size: Int) {
        let text = String(repeating: "some text ~bs~ ", count: 20)
        let bytes = Self.payload(78, before: text, after: text)
        let parts = stride(from: 0, to: bytes.count, by: size).map { bytes[$0..<min($0 + size, bytes.count)] }
        #expect(Self.found(parts) == Self.identity(78))
        let without = Array((text + text).utf8)
        let others = stride(from: 0, to: without.count, by: size).map { without[$0..<min($0 + size, without.count)] }
        #expect(Self.found(others) == nil)
    }

    @Test("random pieces give what the whole gives")
    func randomPieces() {
        var generator = SeededGenerator(seed: 8)
        for round in UInt64(0)..<500 {
            let before = String(repeating: "x~b", count: Int.random(in: 0...60, using: &generator))
            let bytes = Self.payload(round, before: before, after: before)
            var parts: [ArraySlice<UInt8>] = []
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + Int.random(in: 0...70, using: &generator))
                parts.append(bytes[start..<end])
                start = end
            }
            #expect(Self.found(parts) == Self.identity(round))
        }
    }
}
