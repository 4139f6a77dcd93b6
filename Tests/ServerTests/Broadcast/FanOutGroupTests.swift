import Testing

@testable import Server

@Suite("FanOutGroup")
struct FanOutGroupTests {
    private func round(_ group: inout FanOutGroup) -> [Int] {
        var visited: [Int] = []
        group.rotate { visited += $0.map(Int.init) }
        return visited
    }

    @Test(
        "each round visits each client once",
        arguments: [
            [0], [63], [64], [0, 63, 64, 127, 128], Array(0..<200), [5, 1000], [127], [0, 1, 2],
        ])
    func everyone(members: [Int]) {
        var group = FanOutGroup()
        for member in members { group.insert(member) }
        #expect(group.count == members.count)
        for _ in 0..<(members.max() ?? 0) + 130 {
            #expect(round(&group).sorted() == members)
        }
    }

    @Test("in as many rounds as there are places, each client is first once and last once")
    func rotation() {
        var group = FanOutGroup()
        for member in 0..<128 { group.insert(member) }
        let rounds = (0..<128).map { _ in round(&group) }
        #expect(Set(rounds.map { $0[0] }) == Set(0..<128))
        #expect(Set(rounds.map { $0[127] }) == Set(0..<128))
    }

    @Test("inserting twice and removing a stranger change nothing")
    func membership() {
        var group = FanOutGroup()
        group.remove(7)
        #expect(!group.contains(7))
        group.insert(7)
        group.insert(7)
        #expect(group.count == 1)
        group.remove(6)
        group.remove(70)
        #expect(group.count == 1)
        #expect(group.contains(7))
        group.remove(7)
        group.remove(7)
        #expect(group.count == 0)
        #expect(round(&group) == [])
    }

    @Test("a group that nobody ever joined visits nobody")
    func empty() {
        var group = FanOutGroup()
        #expect(round(&group) == [])
    }
}
