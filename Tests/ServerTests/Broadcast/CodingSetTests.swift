import Testing

@testable import Server

@Suite("CodingSet")
struct CodingSetTests {
    private func members(_ set: CodingSet) -> [Int] {
        var indices: [Int] = []
        set.forEach { indices.append($0.index) }
        return indices
    }

    @Test("each coding has a bit of its own, and a visit sees the members in order", arguments: 0..<FrameCoding.count)
    func single(index: Int) {
        #expect(members(CodingSet(FrameCoding(index: index))) == [index])
    }

    @Test("all sets are visited as their bits say", arguments: UInt8.min...UInt8.max)
    func all(bits: UInt8) {
        #expect(members(CodingSet(rawValue: bits)) == (0..<8).filter { bits & 1 << UInt8($0) != 0 })
    }

    @Test("members come and go")
    func changes() {
        var set: CodingSet = []
        set.insert(CodingSet(FrameCoding(windowBits: 15)))
        set.insert(CodingSet(FrameCoding(windowBits: 9)))
        #expect(members(set) == [1, 7])
        set.remove(CodingSet(FrameCoding(windowBits: 9)))
        #expect(members(set) == [7])
    }
}
