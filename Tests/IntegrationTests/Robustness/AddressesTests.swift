import Testing

@Suite("Robustness: IPv6", .enabled(if: Version6.isAvailable, "this machine has no ::1"))
struct AddressesTests {
    @Test("the server listens on ::1, and says so", arguments: Drivers.available)
    func version6(io: String) throws {
        let server = try TestedBuild.start(io, ["--host", "::1"])
        defer { server.process.kill() }
        #expect(server.host == "[::1]")
        let client = try RawWebSocket(RawSocket(port: server.port, .version6), "/echo")
        client.send("six")
        #expect(client.nextFrame()?.text == "six")
        #expect(try server.get("/api/clients").contains(#""ip":"::1""#))
        client.send(8, [0x03, 0xe8])
        #expect(client.nextFrame()?.closeCode == 1000)
        #expect(server.stop() == 0)
    }

    @Test("a port that is taken ends it with 1 and one line that says so", arguments: Drivers.available)
    func portTaken(io: String) throws {
        let server = try TestServer("--io", io, "--host", "::1")
        defer { server.process.kill() }
        let second = try BroadsideProgram.run(
            ["serve", "--io", io, "--host", "::1", "--port", String(server.port)])
        #expect(second.exitCode == 1)
        #expect(second.outputText.isEmpty)
        #expect(second.errorLines.count == 1, "\(second.errorText)")
        #expect(second.errorText.contains("\(server.port): Address already in use"))
    }
}
