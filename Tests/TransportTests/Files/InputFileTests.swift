import Testing

@testable import Transport

@Suite("InputFile")
struct InputFileTests {
    @Test(
        "no more is read than was asked for, however much there is",
        arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
    func limit(bytes: Int) throws {
        #expect(try InputFile.read("/dev/zero", limitBytes: bytes) == [UInt8](repeating: 0, count: bytes))
    }

    @Test("a file without a size is read to its end")
    func whole() throws {
        let text = String(decoding: try InputFile.read("/proc/self/status"), as: UTF8.self)
        #expect(text.hasPrefix("Name:"))
        #expect(text.hasSuffix("\n"))
        #expect(try InputFile.read("/dev/null").isEmpty)
    }

    @Test("a file that cannot be read is named", arguments: ["/nonexistent/file", "/tmp"])
    func unreadable(path: String) throws {
        let error = try #require(throws: SystemError.self) { try InputFile.read(path) }
        #expect(error.description.hasPrefix("cannot read \(path): "))
    }
}
