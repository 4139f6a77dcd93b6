import CSystem
import Glibc
import Testing

@Suite("broadside serve: how it starts")
struct FirstLineTests {
    @Test(
        "the first line says where, with which driver, how many threads and which process",
        arguments: Drivers.available)
    func firstLine(io: String) throws {
        let server = try TestServer("--io", io, "--threads", "2")
        defer { server.process.kill() }
        let pid = server.process.pid
        #expect(
            server.firstLine
                == "broadside: listening on ws://127.0.0.1:\(server.port) (io=\(io) threads=2 pid=\(pid))")
        #expect(server.process.outputText == server.firstLine + "\n", "logs are not for standard output")
        _ = try RawSocket(port: server.port)
    }

    @Test("a port that is taken ends it with 1 and one line that says so", arguments: Drivers.available)
    func portTaken(io: String) throws {
        let server = try TestServer("--io", io)
        defer { server.process.kill() }
        let second = try BroadsideProgram.run(["serve", "--io", io, "--port", String(server.port)])
        #expect(second.exitCode == 1)
        #expect(second.outputText.isEmpty)
        #expect(
            second.errorText
                == "broadside: cannot listen on 127.0.0.1:\(server.port): Address already in use\n")
    }

    @Test("where io_uring is refused, auto takes epoll and says so in its first line")
    func fallsBack() throws {
        let (io, log) = try OwnThread.run {
            try #require(system_refuse_io_uring() == 0)
            let server = try TestServer("--relay")
            defer { server.process.kill() }
            let client = try RawWebSocket(port: server.port, "/echo")
            client.send("still works")
            try #require(client.nextFrame()?.text == "still works")
            try #require(server.stop() == 0)
            return (server.io, server.process.errorText)
        }
        #expect(io == "epoll")
        #expect(log.contains("Using epoll"), "people are told why: \(log)")
    }

    @Test("where io_uring is refused, asking for it ends with 1 and one line", arguments: ["serve", "load"])
    func uringRefused(command: String) throws {
        let arguments = command == "serve" ? ["--port", "0"] : ["ws://127.0.0.1:9/", "--clients", "1"]
        let child = try OwnThread.run {
            try #require(system_refuse_io_uring() == 0)
            return try BroadsideProgram.run([command, "--io", "uring"] + arguments)
        }
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.contains("io_uring"))
        #expect(child.outputText.isEmpty)
    }

    @Test("closed standard streams are not mistaken for sockets")
    func closedStreams() throws {
        let port = try FreePort.find()
        let script = "exec \"$0\" serve --relay --port \"$1\" <&- >&- 2>&-"
        let child = try ChildProcess("sh", ["-c", script, BroadsideProgram.path, String(port)])
        defer { child.kill() }
        #expect(Deadline.reaches { (try? RawSocket(port: port)) != nil })
        let client = try RawWebSocket(port: port, "/echo")
        client.send("clean")
        #expect(client.nextFrame()?.text == "clean")
        child.signal(SIGTERM)
        #expect(client.nextFrame()?.closeCode == 1001)
        client.send(8, [0x03, 0xe9])
        #expect(child.wait() == 0)
    }
}
