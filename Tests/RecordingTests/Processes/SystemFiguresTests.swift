import Recording
import Testing

@Suite("SystemFigures")
struct SystemFiguresTests {
    private static let stat = """
        cpu  2407 1 1923 189968 1971 2 39 10 5 6
        cpu0 1200 0 960 94984 985 0 20 5 0 0
        intr 1 2 3
        """
    private static let sockstat = """
        sockets: used 11
        TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 49
        UDP: inuse 0 mem 7
        """

    private static func figures(_ stat: String, _ sockstat: String) -> SystemFigures? {
        SystemFigures(stat: stat, sockstat: sockstat, ticksPerSecond: 100, pageBytes: 4_096)
    }

    @Test("steal and the total come from the line of all cores, guest time counted once")
    func parsed() throws {
        let figures = try #require(Self.figures(Self.stat, Self.sockstat))
        #expect(figures.stealNanoseconds == 10 * 10_000_000)
        #expect(figures.totalCPUNanoseconds == 196_321 * 10_000_000)
        #expect(try #require(figures.tcpMemoryBytes) == 49 * 4_096)
    }

    @Test(
        "without its line there is no figure",
        arguments: ["", "cpu 1 2 3", "cpu0 1 2 3 4 5 6 7 8", "cpu 1 2 3 4 5 6 7 x"])
    func noStat(stat: String) {
        #expect(Self.figures(stat, Self.sockstat) == nil)
    }

    @Test(
        "the memory of sockets may be unknown",
        arguments: ["", "TCP: inuse 1 mem", "UDP: mem 7", "TCP: mem x"])
    func noSockstat(sockstat: String) throws {
        #expect(try #require(Self.figures(Self.stat, sockstat)).tcpMemoryBytes == nil)
    }

    @Test("this machine has figures, which do not shrink")
    func current() throws {
        let first = try #require(SystemFigures.current())
        let second = try #require(SystemFigures.current())
        #expect(first.totalCPUNanoseconds > 0)
        #expect(second.totalCPUNanoseconds >= first.totalCPUNanoseconds)
    }

    @Test(
        "steal of some cores is the sum of theirs, of none that of all",
        arguments: [([0], 7), ([1, 0, 1], 10), ([], 11)])
    func stealOfCores(cores: [Int], ticks: Int) {
        let stat = """
            cpu  0 0 0 0 0 0 0 11 0 0
            cpu0 0 0 0 0 0 0 0 7 0 0
            cpu1 0 0 0 0 0 0 0 3 0 0
            cpu10 0 0 0 0 0 0 0 1 0 0
            """
        let nanoseconds = SystemFigures.stealNanoseconds(ofCores: cores, stat: stat, ticksPerSecond: 100)
        #expect(nanoseconds == UInt64(ticks) * 10_000_000)
        #expect(SystemFigures.stealNanoseconds(ofCores: cores + [2], stat: stat, ticksPerSecond: 100) == nil)
        #expect(SystemFigures.stealNanoseconds(ofCores: cores, stat: stat, ticksPerSecond: 0) == nil)
    }

    @Test("steal of all cores is the same figure")
    func stealAlone() throws {
        let before = try #require(SystemFigures.current()).stealNanoseconds
        let alone = try #require(SystemFigures.stealNanoseconds(ofCores: []))
        let after = try #require(SystemFigures.current()).stealNanoseconds
        #expect((before...after).contains(alone))
    }
}
