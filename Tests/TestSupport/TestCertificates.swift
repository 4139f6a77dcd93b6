import CSystem
import FoundationEssentials
import Glibc
import Transport

/// Certificates and keys (EC P-256), made by the `openssl` command when the first test asks for them, and gone with the
/// process.
package final class TestCertificates: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    package static let shared: Result<TestCertificates, any Error> = Result { try TestCertificates() }

    private let folder: String

    /// The authority that clients trust.
    package var authority: String { file("authority.pem") }
    /// Another authority, which has signed nothing.
    package var otherAuthority: String { file("other.pem") }
    package var otherKey: String { file("other.key") }
    /// Signed by `authority` for `localhost` and 127.0.0.1.
    package var server: String { file("server.pem") }
    package var serverKey: String { file("server.key") }
    /// `serverKey` behind a password.
    package var encryptedServerKey: String { file("encrypted.key") }
    /// Neither a certificate nor a key.
    package var noPEM: String { file("server.config") }

    private init() throws {
        var name = Array("/tmp/broadside-test-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw SystemError("mkdtemp") }
        folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // A static is never let go of.
        atexit { TestCertificates.removeShared() }

        let signing = "basicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign"
        try make("authority", extensions: signing)
        try make("other", extensions: signing)
        try make(
            "server", extensions: "basicConstraints = critical, CA:FALSE\nsubjectAltName = DNS:localhost, IP:127.0.0.1",
            signedBy: "authority")
        try openssl("pkey", "-in", serverKey, "-aes256", "-passout", "pass:secret", "-out", encryptedServerKey)
    }

    deinit { remove() }

    package func file(_ name: String) -> String { "\(folder)/\(name)" }

    /// A certificate and its key, signed with that key where there is no authority.
    private func make(_ name: String, extensions: String, signedBy authority: String? = nil) throws {
        let config = """
            [req]
            prompt = no
            distinguished_name = name
            x509_extensions = extensions
            [name]
            CN = Broadside test \(name)
            [extensions]
            \(extensions)

            """
        try Data(config.utf8).write(to: URL(filePath: file("\(name).config")))
        var words = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-config", file("\(name).config"), "-keyout", file("\(name).key"), "-out", file("\(name).pem"),
        ]
        if let authority { words += ["-CA", file("\(authority).pem"), "-CAkey", file("\(authority).key")] }
        try openssl(words)
    }

    private func openssl(_ words: String...) throws { try openssl(words) }

    private func openssl(_ words: [String]) throws {
        let log = open(file("log"), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
        guard log >= 0 else { throw SystemError("open \(file("log"))") }
        defer { close(log) }
        var arguments = (["openssl"] + words).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let pid = system_spawn("openssl", &arguments, nil, folder, -1, log, log, nil, 0)
        guard pid > 0 else { throw SystemError("cannot start openssl") }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let code = system_exit_code(status)
        guard code == 0 else {
            let output = FileManager.default.contents(atPath: file("log")).map { String(decoding: $0, as: UTF8.self) }
            throw Failure(
                description: """
                    openssl \(words.joined(separator: " ")) ended with \(code) (127: it is missing, which \
                    scripts/install-packages --tests installs): \(output ?? "")
                    """)
        }
    }

    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    private static func removeShared() {
        if case .success(let certificates) = shared { certificates.remove() }
    }
}
