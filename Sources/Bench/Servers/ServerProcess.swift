import CSystem
import Glibc
import Recording
import WebSocketWire

/// A `broadside serve` of our own making, as a process of its own, from its first line to its exit.
package final class ServerProcess {
    private static let startTimeoutNanoseconds: Int64 = 10_000_000_000

    /// As the first line has it, without a path: `ws://127.0.0.1:34567`.
    package let url: String
    /// The driver that it uses.
    package let io: String
    private let program: ChildProgram

    /// Starts this same program as a server on a free port and waits for its first line.
    ///
    /// - Parameters:
    ///   - arguments: added to `serve --port 0 --relay --log-level critical`.
    ///   - cores: those to run on; any where empty.
    package init(arguments: [String] = [], cores: [Int] = []) throws(ServerProcessError) {
        let words = ["broadside", "serve", "--port", "0", "--relay", "--log-level", "critical"] + arguments
        var pipeEnds: [Int32] = [0, 0]
        guard system_pipe(&pipeEnds) == 0 else { throw .notStarted(String(cString: strerror(errno))) }
        defer { close(pipeEnds[0]) }
        program = try Self.start(words, output: pipeEnds[1], cores)
        let line = Self.firstLine(pipeEnds[0])
        guard let (url, io) = Self.parse(line) else {
            program.kill()
            throw .notStarted(line.isEmpty ? "it ended without its first line" : "its first line was: \(line)")
        }
        self.url = url
        self.io = io
    }

    package var pid: Int32 { program.pid }
    package var port: UInt16 { (try? WebSocketURL(url))?.port ?? 0 }

    /// Whether it is still there.
    package var isRunning: Bool { program.isRunning }

    /// Ends it in order, or by force where that does not help. Returns its exit code.
    @discardableResult
    package func stop() -> Int32 { program.stop() }

    /// Keeps no end of the pipe for us, so that a server which dies ends it.
    private static func start(
        _ words: [String], output: Int32, _ cores: [Int]
    ) throws(ServerProcessError) -> ChildProgram {
        defer { close(output) }
        return try ChildProgram(path: "/proc/self/exe", words: words, output: output, cores: cores)
    }

    private static func firstLine(_ descriptor: Int32) -> String {
        let began = MonotonicInstant.now()
        var line: [UInt8] = []
        while MonotonicInstant.now() - began < startTimeoutNanoseconds {
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&poller, 1, 100) > 0 else { continue }
            var byte: UInt8 = 0
            guard read(descriptor, &byte, 1) == 1, byte != UInt8(ascii: "\n") else { break }
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// `broadside: listening on ws://127.0.0.1:3001 (io=uring threads=2 pid=4242)`
    static func parse(_ line: String) -> (url: String, io: String)? {
        let words = line.split(separator: " ")
        guard line.hasPrefix("broadside: listening on "), words.count >= 5, words[4].hasPrefix("(io=") else {
            return nil
        }
        return (String(words[3]), String(words[4].dropFirst("(io=".count)))
    }
}
