import Glibc
import TestSupport
import Testing

@Suite("broadside load: TLS and compression")
struct LoadWireTests {
    private static let short = ["--duration", "500ms", "--warmup", "50ms"]

    private func arguments(_ wireCase: WireCase) throws -> [String] {
        try ["--io", wireCase.io, "--compression", wireCase.isCompressed ? "on" : "off"]
            + wireCase.wire.loadArguments()
    }

    @Test("broadcast: everything that was published comes to everybody", arguments: WireCase.all)
    func broadcast(wireCase: WireCase) throws {
        let server = try wireCase.server("--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [server.url("/relay"), "--clients", "20", "--publishers", "7", "--rate", "200", "--message-bytes", "2000"]
                + arguments(wireCase) + Self.short)
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.messages.published == 100)
        #expect(outcome.result.deliveries.received == 2000)
        #expect(outcome.result.deliveries.lost == 0)
        #expect(outcome.result.deliveries.duplicated == 0)
        #expect(outcome.result.deliveries.reordered == 0)
        #expect(outcome.result.errors.isEmpty)
        #expect(outcome.result.plan.compression == wireCase.isCompressed)
        #expect(outcome.result.plan.url.hasPrefix("\(wireCase.wire)://"))
    }

    @Test("echo: every client gets its own messages", arguments: WireCase.all)
    func echo(wireCase: WireCase) throws {
        let server = try wireCase.server("--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [server.url("/echo"), "--mode", "echo", "--clients", "25", "--rate", "500"] + arguments(wireCase)
                + Self.short)
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.messages.published == 250)
        #expect(outcome.result.deliveries.expected == 250)
        #expect(outcome.result.deliveries.received == 250)
        #expect(outcome.result.errors.isEmpty)
    }

    @Test("messages of a megabyte come back whole", arguments: WireCase.all)
    func large(wireCase: WireCase) throws {
        let server = try wireCase.server("--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [server.url("/relay"), "--clients", "3", "--in-flight", "2", "--message-bytes", "1048576"]
                + arguments(wireCase) + Self.short)
        #expect(outcome.result.messages.published > 0)
        #expect(outcome.result.deliveries.received == 3 * outcome.result.messages.published)
        #expect(outcome.result.errors.isEmpty)
    }

    @Test("reflect: what comes is sent back until the server closes", arguments: WireCase.all)
    func reflect(wireCase: WireCase) throws {
        let server = try wireCase.server("--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [server.url("/relay"), "--mode", "reflect", "--clients", "1", "--duration", "60s"] + arguments(wireCase)
        ) { _ in
            // Until the reflecting client has joined there is one copy of each message, and from then on no end of them.
            let isReflected = try Deadline.reaches(within: 60) {
                let other = try LoadOutcome(
                    [server.url("/relay"), "--clients", "1", "--rate", "5", "--message-bytes", "500"]
                        + arguments(wireCase) + Self.short)
                #expect(other.result.deliveries.lost == 0)
                return other.result.deliveries.duplicated > 0
            }
            #expect(isReflected)
            server.process.signal(SIGTERM)
        }
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.clients.connected == 1)
        #expect(outcome.result.clients.disconnected == 0)
    }

    @Test("a client that compresses is served by a server that does not, and the reverse", arguments: [false, true])
    func oneSided(serverCompresses: Bool) throws {
        let server = try TestServer(
            "--relay", "--log-level", "error", "--compression", serverCompresses ? "on" : "off")
        defer { server.process.kill() }
        let outcome = try LoadOutcome(
            [
                server.url("/relay"), "--clients", "5", "--rate", "100", "--compression",
                serverCompresses ? "off" : "on",
            ] + Self.short)
        #expect(outcome.result.messages.published == 50)
        #expect(outcome.result.deliveries.received == 250)
        #expect(outcome.result.errors.isEmpty)
    }

    private func refused(_ arguments: [String], _ url: String) throws -> ChildProcess {
        try BroadsideProgram.run(["load", url, "--clients", "2"] + arguments)
    }

    @Test("--insecure takes any certificate; without it, or with another authority, nobody connects: exit 1, one line")
    func trust() throws {
        let certificates = try TestCertificates.shared.get()
        let server = try TestServer(arguments: ["--relay", "--log-level", "error"] + Wire.wss.serverArguments())
        defer { server.process.kill() }
        let outcome = try LoadOutcome([server.url("/relay"), "--clients", "2", "--insecure"] + Self.short)
        #expect(outcome.result.clients.connected == 2)
        #expect(outcome.result.deliveries.lost == 0)
        for arguments in [[], ["--ca", certificates.otherAuthority]] as [[String]] {
            let child = try refused(arguments, server.url("/relay"))
            #expect(child.exitCode == 1)
            #expect(child.errorLines.count == 1, "\(child.errorText)")
            #expect(child.errorText.contains("the peer's certificate is not accepted"), "\(child.errorText)")
            #expect(child.outputText.isEmpty)
        }
    }

    @Test("--ca with a file that is not there, or is none of certificates: exit 1 and one line that names it")
    func wrongFiles() throws {
        let certificates = try TestCertificates.shared.get()
        for file in [certificates.file("missing.pem"), certificates.noPEM] {
            let child = try refused(["--ca", file], "wss://127.0.0.1:9/")
            #expect(child.exitCode == 1)
            #expect(child.errorLines.count == 1, "\(child.errorText)")
            #expect(child.errorText.contains(file), "\(child.errorText)")
        }
    }

    @Test(
        "what contradicts itself is wrong usage: exit 64 and one line",
        arguments: [["--ca", "file.pem", "--insecure"], ["--payload", "stamp"]])
    func usage(arguments: [String]) throws {
        let child = try refused(arguments, "wss://127.0.0.1:9/")
        #expect(child.exitCode == 64)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.contains(arguments[0]), "\(child.errorText)")
    }

    @Test("wss against a server without TLS, and ws against one with it: exit 1 and one line", arguments: Wire.allCases)
    func wrongScheme(wire: Wire) throws {
        let server = try TestServer(arguments: ["--relay", "--log-level", "error"] + wire.serverArguments())
        defer { server.process.kill() }
        let other = wire == .ws ? Wire.wss : Wire.ws
        let child = try refused(["--insecure"], "\(other)://127.0.0.1:\(server.port)/relay")
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.outputText.isEmpty)
    }
}
