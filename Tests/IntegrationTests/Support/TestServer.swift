import Glibc
import Testing
import Transport

/// A `broadside serve` on a free port, as a process of its own.
final class TestServer {
    let process: ChildProcess
    let firstLine: String
    let port: UInt16
    let io: String

    /// - Parameters:
    ///   - program: the `broadside` to start.
    ///   - arguments: added to `serve --port 0`.
    init(program: String = BroadsideProgram.path, _ arguments: String...) throws {
        process = try ChildProcess(program, ["serve", "--port", "0"] + arguments)
        firstLine = try #require(process.firstLine(), "no first line: \(process.errorText)")
        let match = try #require(
            firstLine.wholeMatch(
                of:
                    /broadside: listening on ws:\/\/127\.0\.0\.1:(\d+) \(io=(uring|epoll) threads=\d+ pid=\d+\)/
            ),
            "not as the contract has it: \(firstLine)")
        port = try #require(UInt16(match.1))
        io = String(match.2)
    }

    func url(_ path: String) -> String { "ws://127.0.0.1:\(port)\(path)" }

    func httpURL(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Asks it to end and returns its exit code.
    func stop(_ signal: Int32 = SIGTERM) -> Int32 {
        process.signal(signal)
        return process.wait()
    }

    func post(_ path: String, json: String) throws -> String {
        try ChildProcess.run(
            "curl",
            ["-sS", "-m", "10", "-H", "Content-Type: application/json", "-d", json, httpURL(path)]
        ).outputText
    }
}
