import Foundation
import Testing

@testable import Bench

@Suite("Parts of revisions")
struct RevisionPartsTests {
    @Test("a command's output is its text; its failure is its first line of errors")
    func commandOutput() throws {
        #expect(try CommandOutput.run(["printf", "a\\nb"]) == "a\nb")
        #expect(try CommandOutput.run(["pwd"], directory: "/usr") == "/usr\n")
        #expect(try CommandOutput.run(["env"], environment: ["A": "b c"]).contains("A=b c\n"))
        #expect(try CommandOutput.run(["cat"]) == "")
        let big = try CommandOutput.run(["head", "-c", "1000000", "/dev/zero"])
        #expect(big.utf8.count == 1_000_000)
        let failure = #expect(throws: CommandFailure.self) {
            try CommandOutput.run(["sh", "-c", "(echo; echo why; echo more) >&2; exit 3"])
        }
        #expect(failure?.exitCode == 3)
        #expect(failure?.reason == "why")
        #expect(throws: CommandFailure.self) { try CommandOutput.run(["true"], directory: "/no/such") }
        let missing = #expect(throws: CommandFailure.self) { try CommandOutput.run(["no-such-program"]) }
        #expect(missing?.description == "\"no-such-program\" ended with 127: is no-such-program installed?")
    }

    @Test("what is not waited for any more is ended")
    func endedWait() throws {
        let interruption = Interruption()
        interruption.request()
        let began = ContinuousClock.now
        #expect(throws: SuiteInterruption.self) {
            try CommandOutput.run(["sleep", "100"], whileWaiting: interruption.check)
        }
        #expect(ContinuousClock.now - began < .seconds(9))
    }

    @Test("no variable of a hook reaches another repository")
    func environment() {
        #expect(
            ChildEnvironment.ofNoRepository(["GIT_DIR": "x", "GIT_INDEX_FILE": "x", "GIT_SSH": "y", "PATH": "z"])
                == ["GIT_SSH": "y", "PATH": "z"])
    }

    @Test(
        "the cache is where it was said, or the user's",
        arguments: [
            ("/said", ["BROADSIDE_GATE_CACHE": "/b", "HOME": "/h"], "/said"),
            (nil, ["BROADSIDE_GATE_CACHE": "/b", "XDG_CACHE_HOME": "/x", "HOME": "/h"], "/b"),
            (nil, ["XDG_CACHE_HOME": "/x", "HOME": "/h"], "/x/broadside/gate"),
            (nil, ["BROADSIDE_GATE_CACHE": "", "XDG_CACHE_HOME": "x", "HOME": "/h"], "/h/.cache/broadside/gate"),
        ] as [(String?, [String: String], String)])
    func cacheRoot(said: String?, variables: [String: String], expected: String) throws {
        #expect(try RevisionCache.root(said, environment: variables) == expected)
    }

    @Test("without a home there is no cache")
    func noCacheRoot() {
        #expect(throws: RevisionFailure.noCacheFolder) { try RevisionCache.root(nil, environment: [:]) }
    }

    @Test(
        "the last line that says something, readable",
        arguments: [
            ("", ""), ("\n \n", ""), ("a\nb\n\n", "b"), ("a\rb\r\n", "b"),
            ("\u{1b}[1;31merror:\u{1b}[0m  bad\u{7}\n", "error: bad"), ("a\tb", "a b"),
        ])
    func lastLine(text: String, expected: String) {
        #expect(LogTail.lastLine(in: text) == expected)
    }

    @Test("a lock whose file was removed is not the lock")
    func removedLock() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "broadside-lock-\(UUID().uuidString)").path
        defer { unlink(path) }
        let first = try FileLock(path, .exclusive, onWait: {}, whileWaiting: {})
        #expect(try FileLock(ifFree: path) == nil)
        unlink(path)
        let second = try #require(try FileLock(ifFree: path))
        first.release()
        #expect(try FileLock(ifFree: path) == nil)
        second.release()
        let shared = try FileLock(path, .shared, onWait: {}, whileWaiting: {})
        let beside = try FileLock(path, .shared, onWait: { Issue.record("it is shared") }, whileWaiting: {})
        #expect(try FileLock(ifFree: path) == nil)
        shared.release()
        beside.release()
        #expect(try FileLock(ifFree: path) != nil)
    }
}
