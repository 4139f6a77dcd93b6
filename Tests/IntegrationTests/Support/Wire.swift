import TestSupport

/// What WebSocket is spoken over, by the URL's scheme; certificates are the tests' own.
enum Wire: String, CaseIterable, Sendable {
    case ws
    case wss

    var httpScheme: String { self == .ws ? "http" : "https" }

    /// For `broadside serve`.
    func serverArguments() throws -> [String] {
        guard self == .wss else { return [] }
        let certificates = try TestCertificates.shared.get()
        return ["--tls-certificate", certificates.server, "--tls-key", certificates.serverKey]
    }

    /// For `broadside load`.
    func loadArguments() throws -> [String] {
        try self == .wss ? ["--ca", TestCertificates.shared.get().authority] : []
    }

    func curlArguments() throws -> [String] {
        try self == .wss ? ["--cacert", TestCertificates.shared.get().authority] : []
    }

    /// The file of the authority that clients have to trust; empty where they need not trust anybody.
    func authority() throws -> String { try self == .wss ? TestCertificates.shared.get().authority : "" }
}
