import TestSupport
import Testing

@Suite("broadside serve: --tls-certificate and --tls-key")
struct TLSOptionsTests {
    @Test("the first line says wss", arguments: Drivers.available)
    func firstLine(io: String) throws {
        let server = try TestServer(arguments: ["--io", io, "--threads", "2"] + Wire.wss.serverArguments())
        defer { server.process.kill() }
        #expect(server.wire == .wss)
        #expect(
            server.firstLine
                == "broadside: listening on wss://127.0.0.1:\(server.port) "
                + "(io=\(io) threads=2 pid=\(server.process.pid))")
        #expect(server.stop() == 0)
    }

    @Test("one without the other is wrong usage", arguments: ["--tls-certificate", "--tls-key"])
    func half(option: String) throws {
        let child = try BroadsideProgram.run(["serve", "--port", "0", option, "file.pem"])
        #expect(child.exitCode == 64)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.contains("needs --tls-"))
    }

    @Test("files that cannot be used end it with 1 and one line that names the file")
    func wrongFiles() throws {
        let certificates = try TestCertificates.shared.get()
        let mistakes = [
            (certificates.file("missing.pem"), certificates.serverKey, certificates.file("missing.pem")),
            (certificates.noPEM, certificates.serverKey, certificates.noPEM),
            (certificates.server, certificates.file("missing.key"), certificates.file("missing.key")),
            (certificates.server, certificates.otherKey, certificates.otherKey),
            (certificates.server, certificates.encryptedServerKey, certificates.encryptedServerKey),
        ]
        for (certificate, key, culprit) in mistakes {
            let child = try BroadsideProgram.run([
                "serve", "--port", "0", "--tls-certificate", certificate, "--tls-key", key,
            ])
            #expect(child.exitCode == 1)
            #expect(child.outputText.isEmpty)
            #expect(child.errorLines.count == 1, "\(child.errorText)")
            #expect(child.errorText.contains(culprit), "\(child.errorText)")
        }
    }
}
