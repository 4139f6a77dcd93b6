import ArgumentParser
import Server
import Transport

/// Who may use the server, how much of it, and whether anybody can listen in.
struct ServeSecurityOptions: ParsableArguments {
    @Option(help: "PEM file with the certificate chain: serve wss and https.")
    var tlsCertificate: String?

    @Option(help: "PEM file with the certificate's private key.")
    var tlsKey: String?

    @Option(help: "File with one accepted token a line; others are closed with 1008, or answered with 401.")
    var tokenFile: String?

    @Option(help: "A page's origin that may connect, such as https://app.example; repeatable. (default: any)")
    var allowedOrigin: [String] = []

    @Option(help: "Messages a second that are taken from a client, and as many at once. (default: off)")
    var rateLimit: Double?

    func apply(to configuration: inout ServerConfiguration) throws {
        configuration.tls = try tls()
        configuration.access.tokens = try tokens()
        configuration.access.allowedOrigins = try allowedOrigin.map { text in
            try parsed("--allowed-origin") { () throws(AllowedOriginError) in try AllowedOrigin(parsing: text) }
        }
        guard let rateLimit else { return }
        let allowed = RateLimit.allowedMessagesPerSecond
        guard allowed.contains(rateLimit) else {
            throw ValidationError(
                "--rate-limit: expected \(allowed.lowerBound) to \(allowed.upperBound) messages a second, "
                    + "found \(rateLimit)")
        }
        configuration.rateLimit = RateLimit(messagesPerSecond: rateLimit)
    }

    private func tls() throws -> TLSServerContext? {
        switch (tlsCertificate, tlsKey) {
        case (nil, nil): return nil
        case (let certificate?, let key?):
            do {
                return try TLSServerContext(certificateChainFile: certificate, keyFile: key)
            } catch {
                throw CommandEnd(.failed, String(describing: error))
            }
        case (_?, nil): throw ValidationError("--tls-certificate needs --tls-key")
        case (nil, _?): throw ValidationError("--tls-key needs --tls-certificate")
        }
    }

    private func tokens() throws -> TokenSet? {
        guard let tokenFile else { return nil }
        do { return try TokenSet.read(file: tokenFile) } catch let error as TokenFileFailure {
            throw CommandEnd(.failed, "--token-file \(tokenFile): \(error)")
        } catch {
            throw CommandEnd(.failed, "--token-file: \(error)")
        }
    }
}
