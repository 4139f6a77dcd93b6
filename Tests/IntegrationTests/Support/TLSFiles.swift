import Testing

/// A certificate that nobody has signed, for 127.0.0.1, and its key: for clients that take any.
final class TLSFiles {
    private let folder: ScratchFolder

    var certificate: String { folder.file("certificate.pem") }
    var key: String { folder.file("key.pem") }
    /// What `broadside serve` is told.
    var arguments: [String] { ["--tls-certificate", certificate, "--tls-key", key] }

    init() throws {
        folder = try ScratchFolder()
        let openssl = try ChildProcess.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=Broadside test", "-keyout", folder.file("key.pem"),
                "-out", folder.file("certificate.pem"),
            ])
        try #require(openssl.exitCode == 0, "\(openssl.errorText)")
    }
}
