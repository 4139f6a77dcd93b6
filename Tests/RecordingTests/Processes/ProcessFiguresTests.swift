import Glibc
import Testing

@testable import Recording

@Suite("ProcessFigures")
struct ProcessFiguresTests {
    private let own = ProcessFigures(pid: getpid())

    @Test("the own process's time grows with its work")
    func cpu() throws {
        let before = try #require(own.cpuNanoseconds())
        let start = ThreadClock.cpuNanoseconds()
        while ThreadClock.cpuNanoseconds() - start < 2_000_000 {}
        #expect(try #require(own.cpuNanoseconds()) >= before + 2_000_000)
    }

    @Test("the own process has memory, descriptors and threads")
    func sizes() throws {
        #expect(try #require(own.residentBytes()) > 1 << 20)
        #expect(try #require(own.descriptorCount()) >= 3)
        #expect(try #require(own.threadCount()) >= 1)
    }

    @Test("a child is found among the descendants, and counts")
    func descendants() throws {
        var child: pid_t = 0
        var words = [strdup("sleep"), strdup("60"), nil]
        defer { for word in words { free(word) } }
        try #require(posix_spawnp(&child, "sleep", nil, nil, &words, environ) == 0)
        defer {
            kill(child, SIGKILL)
            waitpid(child, nil, 0)
        }
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
}
