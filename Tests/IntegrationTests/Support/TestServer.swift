import Glibc
import Testing
import Transport

/// A `broadside serve` on a free port, as a process of its own.
final class TestServer {
    let process: ChildProcess
    let firstLine: String
    /// `127.0.0.1`, or in brackets where it is IPv6.
    let host: String
    let wire: Wire
    let port: UInt16
    let io: String

    /// - Parameters:
    ///   - program: the `broadside` to start.
    ///   - arguments: added to `serve --port 0`.
    convenience init(program: String = BroadsideProgram.path, _ arguments: String...) throws {
        try self.init(program: program, arguments: arguments)
    }

    /// - Parameter launcher: a program with arguments that starts the command behind them; none starts it directly.
    init(program: String = BroadsideProgram.path, arguments: [String], launcher: [String] = []) throws {
        let words = launcher + [program, "serve", "--port", "0"] + arguments
        process = try ChildProcess(words[0], Array(words[1...]))
        firstLine = try #require(process.firstLine(), "no first line: \(process.errorText)")
        let match = try #require(
            firstLine.wholeMatch(
                of:
                    /broadside: listening on (wss?):\/\/([\d.]+|\[::1\]):(\d+) \(io=(uring|epoll) threads=\d+ pid=\d+\)/
            ),
            "not as the contract has it: \(firstLine)")
        wire = try #require(Wire(rawValue: String(match.1)))
        host = String(match.2)
        port = try #require(UInt16(match.3))
        io = String(match.4)
    }

    func url(_ path: String) -> String { "\(wire)://\(host):\(port)\(path)" }

    func httpURL(_ path: String) -> String { "\(wire.httpScheme)://\(host):\(port)\(path)" }

    /// Asks it to end and returns its exit code.
    func stop(_ signal: Int32 = SIGTERM) -> Int32 {
        process.signal(signal)
        return process.wait()
    }

    /// The body of the answer; certificates are taken as they come.
    func get(_ path: String) throws -> String {
        try ChildProcess.run("curl", ["-sSgk", "-m", "20", httpURL(path)]).outputText
    }

    /// The first figure of that name in the answer of a route.
    func figure(_ name: String, at path: String) throws -> Int {
        let text = try get(path)
        let start = try #require(text.firstRange(of: "\"\(name)\":"), "no \(name) in \(text.prefix(500))").upperBound
        return try #require(Int(text[start...].prefix { $0.isNumber }), "\(name) is no number")
    }

    func post(_ path: String, json: String) throws -> String {
        try ChildProcess.run(
            "curl",
            try wire.curlArguments() + [
                "-sS", "-m", "10", "-H", "Content-Type: application/json", "-d", json, httpURL(path),
            ]
        ).outputText
    }
}
