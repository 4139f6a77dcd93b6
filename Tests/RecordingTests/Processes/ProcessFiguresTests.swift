import Glibc
import Testing

@testable import Recording

@Suite("ProcessFigures")
struct ProcessFiguresTests {
    private let own = ProcessFigures(pid: getpid())

    /// Of a child, since the sum over this process falls whenever a child of another test ends.
    @Test("a process's time grows with its work")
    func cpu() throws {
        let child = try start("sh", "-c", "while :; do :; done")
        defer { end(child) }
        let figures = ProcessFigures(pid: child)
        let before = try #require(figures.cpuNanoseconds())
        while try #require(figures.cpuNanoseconds()) < before + 2_000_000 { usleep(1_000) }
    }

    @Test("the time of processes found before is the sum over them; those that are gone count for nothing")
    func cpuOfProcesses() throws {
        let children = [try start("sh", "-c", "while :; do :; done"), try start("sh", "-c", "while :; do :; done")]
        for child in children {
            while try #require(ProcessFigures(pid: child).cpuNanoseconds()) < 2_000_000 { usleep(1_000) }
            kill(child, SIGSTOP)
            // Once it has stopped its clock stands still.
            waitpid(child, nil, WUNTRACED)
        }
        let figures = try children.map { try #require(ProcessFigures(pid: $0).cpuNanoseconds()) }
        let sum = figures[0] + figures[1]
        #expect(ProcessFigures.cpuNanoseconds(of: children) == sum)
        #expect(ProcessFigures.cpuNanoseconds(of: [children[0]]) == figures[0])
        // Ids that no process can have would be those of the caller or of other clocks.
        #expect(ProcessFigures.cpuNanoseconds(of: children + [.max, 1 << 22, 0, -5]) == sum)
        #expect(ProcessFigures.cpuNanoseconds(of: []) == 0)
        for child in children { end(child) }
        #expect(ProcessFigures.cpuNanoseconds(of: children) == 0)
    }

    @Test("the own process has memory, descriptors and threads")
    func sizes() throws {
        #expect(try #require(own.residentBytes()) > 1 << 20)
        #expect(try #require(own.descriptorCount()) >= 3)
        #expect(try #require(own.threadCount()) >= 1)
    }

    @Test("a child is found among the descendants, and counts")
    func descendants() throws {
        let child = try start("sleep", "60")
        defer { end(child) }
        #expect(ProcessFigures.descendants(of: getpid()).contains(child))
        #expect(ProcessFigures(pid: child).threadCount() == 1)
        #expect(try #require(own.threadCount()) > 1)
        #expect(ProcessFigures.descendants(of: child).isEmpty)
    }

    @Test("a process that is not there has no figures", arguments: [Int32.max, 1 << 22, 0, -5])
    func gone(pid: Int32) {
        let figures = ProcessFigures(pid: pid)
        #expect(figures.cpuNanoseconds() == nil)
        #expect(figures.residentBytes() == nil)
        #expect(figures.descriptorCount() == nil)
        #expect(figures.threadCount() == nil)
    }

    @Test(
        "the resident pages are the second field",
        arguments: [("765 416 388 5 0 123 0\n", 416), ("765", nil), ("", nil), ("1 x 2", nil)]
            as [(String, UInt64?)])
    func statm(text: String, expected: UInt64?) {
        #expect(ProcessFigures.residentPages(statm: text) == expected)
    }

    @Test("user space and kernel together are the whole time")
    func split() throws {
        let child = try start("sh", "-c", "while :; do :; done")
        defer { end(child) }
        let figures = ProcessFigures(pid: child)
        while try #require(figures.cpuNanoseconds()) < 30_000_000 { usleep(1_000) }
        let before = try #require(figures.cpuNanoseconds())
        let split = try #require(figures.splitCPUNanoseconds())
        let after = try #require(figures.cpuNanoseconds())
        #expect((before...after).contains(split.user + split.system))
        #expect(ProcessFigures(pid: 0).splitCPUNanoseconds() == nil)
    }

    @Test("a process comes before its descendants")
    func processes() throws {
        let child = try start("sleep", "60")
        defer { end(child) }
        #expect(own.processes().first == getpid())
        #expect(own.processes().contains(child))
        #expect(ProcessFigures(pid: child).processes() == [child])
    }

    @Test(
        "the ticks are fields 14 and 15, behind a name of any kind",
        arguments: [
            ("42 (a b) c) S 1 42 42 0 -1 4194304 5 6 7 8 11 22 33 44 20 0 1 0 9\n", 11, 22),
            ("42 (x) S 1 2\n", nil, nil),
            ("", nil, nil), ("42 (x S 1 42 42 0 -1 4194304 5 6 7 8 11 22", nil, nil),
        ] as [(String, UInt64?, UInt64?)])
    func ticks(text: String, user: UInt64?, system: UInt64?) {
        let ticks = ProcessFigures.ticks(stat: text)
        #expect(ticks?.user == user)
        #expect(ticks?.system == system)
    }

    private func start(_ command: String...) throws -> pid_t {
        var child: pid_t = 0
        var words = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        try #require(posix_spawnp(&child, command[0], nil, nil, &words, environ) == 0)
        return child
    }

    private func end(_ child: pid_t) {
        kill(child, SIGKILL)
        waitpid(child, nil, 0)
    }
}
