import Transport

@testable import Server

/// A client of a scripted server that encrypts.
final class ScriptedTLSClient {
    /// Its socket's index.
    let index: Int
    let session: TLSSession
    private let server: ScriptedServer

    init(_ server: ScriptedServer, _ context: TLSClientContext) throws {
        self.server = server
        session = try TLSSession(client: context, host: "localhost")
        index = server.adopt()
    }

    /// One that has upgraded and read the answer.
    static func joined(
        _ server: ScriptedServer, _ context: TLSClientContext, _ path: String
    ) throws -> ScriptedTLSClient {
        let client = try ScriptedTLSClient(server, context)
        try client.shakeHands()
        try client.say(ScriptedServer.upgradeRequest(path))
        guard try client.read().starts(with: "HTTP/1.1 101 ".utf8) else { throw TestFailure("no upgrade") }
        return client
    }

    func shakeHands() throws {
        while try !session.advanceHandshake() {
            deliver(takeOutgoing())
            takeDelivered()
        }
        deliver(takeOutgoing())
    }

    /// Sends it in a turn of its own.
    func say(_ bytes: [UInt8]) throws { deliver(try encrypt(bytes)) }

    private func deliver(_ ciphertext: [UInt8]) {
        guard !ciphertext.isEmpty else { return }
        server.turn { [index, driver = server.driver] in driver.receive(index, ciphertext) }
    }

    func encrypt(_ bytes: [UInt8]) throws -> [UInt8] {
        try bytes.withUnsafeBytes { try session.write($0) }
        return takeOutgoing()
    }

    /// The next of what is to be sent; the first time the client's hello.
    func takeOutgoing() -> [UInt8] {
        let bytes = Array(session.outgoing)
        session.consumeOutgoing(bytes.count)
        return bytes
    }

    /// What the server has sent since the last call, decrypted.
    func read() throws -> [UInt8] {
        takeDelivered()
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while case .bytes(let count) = try chunk.withUnsafeMutableBytes({ try session.read(into: $0) }) {
            bytes.append(contentsOf: chunk[..<count])
        }
        return bytes
    }

    private func takeDelivered() {
        let bytes = server.driver.takeDelivered(index)
        bytes.withUnsafeBytes { session.receive($0) }
    }
}
