import Testing

@testable import Bench

@Suite("ServerProcess")
struct ServerProcessTests {
    @Test("the first line gives the URL and the driver")
    func parsesTheFirstLine() throws {
        let parsed = try #require(
            ServerProcess.parse("broadside: listening on ws://127.0.0.1:3001 (io=uring threads=2 pid=4242)"))
        #expect(parsed.url == "ws://127.0.0.1:3001")
        #expect(parsed.io == "uring")
    }

    @Test(
        "anything else is no first line", arguments: ["", "broadside: cannot listen", "listening on ws://x (io=uring)"])
    func refusesOtherLines(line: String) {
        #expect(ServerProcess.parse(line) == nil)
    }
}
