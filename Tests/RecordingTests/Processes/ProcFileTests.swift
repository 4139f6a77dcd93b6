import Glibc
import Testing

@testable import Recording

@Suite("ProcFile")
struct ProcFileTests {
    @Test("a file without a size is read whole")
    func text() throws {
        let maps = try #require(ProcFile.text("/proc/self/maps"))
        #expect(maps.contains("[stack]") || maps.contains("[vdso]"))
    }

    @Test("what is not there is nil")
    func missing() {
        #expect(ProcFile.text("/proc/self/nothing") == nil)
        #expect(ProcFile.entries("/proc/self/nothing") == nil)
        #expect(ProcFile.linkTarget("/proc/self/nothing") == nil)
        #expect(ProcFile.text("/proc/self/task") == nil)
    }

    @Test("a directory's names come without the dots, its numbers without other names")
    func entries() throws {
        let names = try #require(ProcFile.entries("/proc/self"))
        #expect(names.contains("status"))
        #expect(!names.contains(".") && !names.contains(".."))
        #expect(try #require(ProcFile.numbers("/proc")).contains(getpid()))
    }

    @Test("a link's target is read")
    func link() {
        #expect(ProcFile.linkTarget("/proc/self") == String(getpid()))
    }
}
