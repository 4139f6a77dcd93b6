import Foundation
import Testing
import Transport

@testable import Bench

@Suite("OutputFile")
struct OutputFileTests {
    private static func path() -> String {
        FileManager.default.temporaryDirectory.appending(path: "broadside-\(UUID().uuidString)").path
    }

    @Test("writing replaces what was there, appending adds to it, and either makes the file")
    func append() throws {
        let path = Self.path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let text = { try String(contentsOfFile: path, encoding: .utf8) }
        try OutputFile.append(Array("one\n".utf8), to: path)
        #expect(try text() == "one\n")
        try OutputFile.append(Array("two\n".utf8), to: path)
        #expect(try text() == "one\ntwo\n")
        try OutputFile.write(Array("3\n".utf8), to: path)
        #expect(try text() == "3\n")
        try OutputFile.append([], to: path)
        #expect(try text() == "3\n")
    }

    @Test("a file that cannot be written is named")
    func refused() throws {
        let path = Self.path() + "/none"
        let error = try #require(throws: SystemError.self) { try OutputFile.append([1], to: path) }
        #expect("\(error)".contains("cannot write \(path)"))
    }

    @Test("clearing removes the file that is there, and refuses a place that cannot be written")
    func clearing() throws {
        let file = Self.path()
        try OutputFile.write([1], to: file)
        try OutputFile.clear(file)
        #expect(!OutputFile.exists(file))
        try OutputFile.clear(file)
        #expect(!OutputFile.exists(file))
        #expect(throws: SystemError.self) { try OutputFile.clear("/no/such/folder/file") }
        try OutputFile.clear("/dev/null")
        #expect(OutputFile.exists("/dev/null"))
    }
}
