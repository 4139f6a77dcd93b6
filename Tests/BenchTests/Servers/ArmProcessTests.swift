import Foundation
import Testing

@testable import Bench

@Suite("ArmProcess")
struct ArmProcessTests {
    private func start(_ words: [String], directory: String?) throws {
        _ = try ArmProcess(
            name: "a", cores: [], directory: directory, readyTimeoutNanoseconds: 10_000_000_000,
            command: { _ in words }, whileWaiting: {})
    }

    @Test("a server works in its directory, where a relative path of it is looked for as well")
    func directory() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "broadside-arm-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/shell", withDestinationPath: "/bin/sh")
        let error = #expect(throws: ServerProcessError.self) {
            try start(["./shell", "-c", "echo here > out; exit 3"], directory: folder)
        }
        #expect(error?.description.contains("ended with 3") == true)
        #expect(FileManager.default.fileExists(atPath: "\(folder)/out"))
    }

    @Test("a server that does not come up is quoted: the last that it said on standard error")
    func lastWords() {
        let error = #expect(throws: ServerProcessError.self) {
            try start(["sh", "-c", "echo first >&2; echo the port is taken >&2; exit 3"], directory: nil)
        }
        #expect(error?.description.hasSuffix("; it said last: the port is taken") == true)
        let silent = #expect(throws: ServerProcessError.self) { try start(["sh", "-c", "exit 3"], directory: nil) }
        #expect(silent?.description.contains("said") == false)
    }

    @Test("a directory that is not there is told")
    func noDirectory() {
        let error = #expect(throws: ServerProcessError.self) { try start(["true"], directory: "/no/such") }
        #expect(error?.description.contains("cannot work in /no/such") == true)
    }
}
