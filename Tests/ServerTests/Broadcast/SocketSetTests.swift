import Testing

@testable import Server

@Suite("SocketSet")
struct SocketSetTests {
    private func round(_ set: inout SocketSet) -> [Int] {
        var visited: [Int] = []
        set.rotate { visited += $0.map(Int.init) }
        return visited
    }

    @Test(
        "each round visits each client once",
        arguments: [
            [0], [63], [64], [0, 63, 64, 127, 128], Array(0..<200), [5, 1000], [127], [0, 1, 2],
        ])
    func everyone(members: [Int]) {
        var set = SocketSet()
        for member in members { set.insert(member) }
        #expect(set.count == members.count)
        for _ in 0..<(members.max() ?? 0) + 130 {
            #expect(round(&set).sorted() == members)
        }
    }

    @Test("in as many rounds as there are places, each client is first once and last once")
    func rotation() {
        var set = SocketSet()
        for member in 0..<128 { set.insert(member) }
        let rounds = (0..<128).map { _ in round(&set) }
        #expect(Set(rounds.map { $0[0] }) == Set(0..<128))
        #expect(Set(rounds.map { $0[127] }) == Set(0..<128))
    }

    @Test("inserting twice and removing a stranger change nothing")
    func membership() {
        var set = SocketSet()
        set.remove(7)
        #expect(!set.contains(7))
        set.insert(7)
        set.insert(7)
        #expect(set.count == 1)
        set.remove(6)
        set.remove(70)
        #expect(set.count == 1)
        #expect(set.contains(7))
        set.remove(7)
        set.remove(7)
        #expect(set.count == 0)
        #expect(round(&set) == [])
    }

    @Test("a set that nobody ever joined visits nobody")
    func empty() {
        var set = SocketSet()
        #expect(round(&set) == [])
    }

    @Test("taking all visits each once, and leaves nobody")
    func taking() {
        var set = SocketSet()
        let members = [0, 63, 64, 200]
        for member in members { set.insert(member) }
        _ = round(&set)
        var taken: [Int] = []
        set.takeAll { taken += $0.map(Int.init) }
        #expect(taken.sorted() == members)
        #expect(set.count == 0)
        #expect(members.allSatisfy { !set.contains($0) })
        #expect(round(&set) == [])
        set.insert(64)
        #expect(round(&set) == [64])
    }
}
