import Foundation
import Transport

/// A server's context with a certificate that is there for fuzzing alone (`fuzz/tls`), and a client's that trusts
/// anyone.
struct TLSFuzzContexts: Sendable {
    let server: TLSServerContext
    let client: TLSClientContext

    /// Made once: reading the files costs more than many sessions.
    static let shared: Result<TLSFuzzContexts, TLSConfigurationFailure> = {
        do throws(TLSConfigurationFailure) {
            return .success(try TLSFuzzContexts())
        } catch {
            return .failure(error)
        }
    }()

    private init() throws(TLSConfigurationFailure) {
        let root = (0..<4).reduce(URL(filePath: #filePath)) { place, _ in place.deletingLastPathComponent() }
        let folder = root.appending(path: "fuzz/tls")
        server = try TLSServerContext(
            certificateChainFile: folder.appending(path: "certificate.pem").path,
            keyFile: folder.appending(path: "key.pem").path)
        client = try TLSClientContext(trust: .anyone)
    }
}
