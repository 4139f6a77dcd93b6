import Synchronization
import TestSupport
import Testing
import Transport
import WebSocketWire

@testable import Server

/// A server in this process, and clients for it.
final class RunningServer: @unchecked Sendable {
    // `@unchecked Sendable`: threads of a test only connect clients; the test's own starts and stops it.
    let port: UInt16
    let server: BroadcastServer
    /// Nil where plain TCP is served.
    private let tls: TLSContexts?
    private var isRunning = true

    /// - Parameter tls: what server and clients encrypt with.
    init(
        _ variant: ServerVariant, tls: TLSContexts? = nil,
        _ configure: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.io = variant.io
        configuration.threads = variant.threads
        configuration.servesRelay = true
        configuration.drainTimeoutNanoseconds = 2_000_000_000
        configuration.tls = tls?.server
        self.tls = tls
        configure(&configuration)
        server = try BroadcastServer(configuration)
        port = server.address.port
        try server.start()
    }

    deinit { stop() }

    /// Drains the server and waits until its threads have ended.
    func stop() {
        guard isRunning else { return }
        isRunning = false
        server.stop()
        server.join()
    }

    func beginToStop() { server.stopHandle.stop() }

    /// One that has not said anything, and that speaks TLS where the server does.
    func client(
        receiveBufferBytes: Int32? = nil, resuming resumption: TLSResumption? = nil
    ) throws -> TestClient {
        let client = try plainClient(receiveBufferBytes: receiveBufferBytes)
        if let tls { try client.shakeHands(tls.client, resuming: resumption) }
        return client
    }

    /// One that speaks no TLS.
    func plainClient(receiveBufferBytes: Int32? = nil) throws -> TestClient {
        try TestClient(port: port, receiveBufferBytes: receiveBufferBytes)
    }

    func client(_ path: String, receiveBufferBytes: Int32? = nil) throws -> TestClient {
        let client = try client(receiveBufferBytes: receiveBufferBytes)
        try client.upgrade(path)
        return client
    }

    func clients(_ count: Int, _ path: String) throws -> [TestClient] {
        try (0..<count).map { _ in try client(path) }
    }

    func request(_ method: String, _ path: String, json body: String? = nil) throws -> HTTPClientResponse {
        let client = try client()
        defer { client.close() }
        try client.write(Self.request(method, path, json: body))
        return try client.response()
    }

    /// Sends from the streams' logs so far, as the metrics have it.
    func sends() throws -> Int {
        let metrics = String(decoding: try request("GET", "/api/metrics").body, as: UTF8.self)
        guard let field = metrics.firstRange(of: "\"sends\":") else { throw TestFailure("no sends in \(metrics)") }
        return Int(metrics[field.upperBound...].prefix { $0.isNumber }) ?? -1
    }

    static func request(_ method: String, _ path: String, json body: String? = nil) -> [UInt8] {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: test\r\n"
        if let body { head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        return Array("\(head)\r\n\(body ?? "")".utf8)
    }
}
