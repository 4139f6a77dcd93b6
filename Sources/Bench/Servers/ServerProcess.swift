import CSystem
import Glibc
import Recording
import WebSocketWire

/// A `broadside serve` of our own making, as a process of its own, from its first line to its exit.
///
/// Ends with this process at the latest: the kernel sends it SIGTERM when the thread that started it is gone.
package final class ServerProcess {
    private static let startTimeoutNanoseconds: Int64 = 10_000_000_000
    private static let stopTimeoutNanoseconds: Int64 = 10_000_000_000

    package let pid: Int32
    /// As the first line has it, without a path: `ws://127.0.0.1:34567`.
    package let url: String
    /// The driver that it uses.
    package let io: String
    private var hasEnded = false

    /// Starts this same program as a server on a free port and waits for its first line.
    ///
    /// - Parameters:
    ///   - arguments: added to `serve --port 0 --relay --log-level critical`.
    ///   - core: the core to run on, or nil for any.
    package init(arguments: [String] = [], core: Int? = nil) throws(ServerProcessError) {
        let words = ["broadside", "serve", "--port", "0", "--relay", "--log-level", "critical"] + arguments
        var pipeEnds: [Int32] = [0, 0]
        guard system_pipe(&pipeEnds) == 0 else { throw .notStarted(String(cString: strerror(errno))) }
        var pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        pid = system_spawn("/proc/self/exe", &pointers, pipeEnds[1], -1, Int32(core ?? -1))
        close(pipeEnds[1])
        defer { close(pipeEnds[0]) }
        guard pid > 0 else { throw .notStarted(String(cString: strerror(errno))) }
        let line = Self.firstLine(pipeEnds[0])
        guard let (url, io) = Self.parse(line) else {
            kill(pid, SIGKILL)
            var status: Int32 = 0
            waitpid(pid, &status, 0)
            throw .notStarted(line.isEmpty ? "it ended without its first line" : "its first line was: \(line)")
        }
        self.url = url
        self.io = io
    }

    deinit { if !hasEnded { _ = stop() } }

    package var port: UInt16 { (try? WebSocketURL(url))?.port ?? 0 }

    /// Whether it is still there.
    package var isRunning: Bool {
        guard !hasEnded else { return false }
        var status: Int32 = 0
        hasEnded = waitpid(pid, &status, WNOHANG) == pid
        return !hasEnded
    }

    /// Ends it with SIGTERM, or with SIGKILL where that does not help. Returns its exit code.
    @discardableResult
    package func stop() -> Int32 {
        guard !hasEnded else { return 0 }
        hasEnded = true
        kill(pid, SIGTERM)
        let began = MonotonicInstant.now()
        var status: Int32 = 0
        while waitpid(pid, &status, WNOHANG) == 0 {
            if MonotonicInstant.now() - began > Self.stopTimeoutNanoseconds { kill(pid, SIGKILL) }
            usleep(2000)
        }
        return system_exit_code(status)
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
