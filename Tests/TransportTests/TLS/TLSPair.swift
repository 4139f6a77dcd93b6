import TestSupport

@testable import Transport

/// A client's and a server's session, joined in memory.
struct TLSPair {
    let client: TLSSession
    let server: TLSSession
    /// How much is handed over at once, at most.
    let pieceBytes: Int

    init(
        _ contexts: TLSContexts, host: String = "localhost", resuming resumption: TLSResumption? = nil,
        pieceBytes: Int = .max
    ) throws {
        client = try TLSSession(client: contexts.client, host: host, resuming: resumption)
        server = try TLSSession(server: contexts.server)
        self.pieceBytes = pieceBytes
    }

    /// A pair whose handshake is done.
    static func connected(
        _ contexts: TLSContexts, host: String = "localhost", resuming resumption: TLSResumption? = nil,
        pieceBytes: Int = .max
    ) throws -> TLSPair {
        let pair = try TLSPair(contexts, host: host, resuming: resumption, pieceBytes: pieceBytes)
        try pair.handshake()
        return pair
    }

    /// Goes on with the handshake for as long as either side has something to say.
    func handshake() throws {
        _ = try client.advanceHandshake()
        while !client.outgoing.isEmpty || !server.outgoing.isEmpty {
            try carry(from: client, to: server) { _ = try server.advanceHandshake() }
            try carry(from: server, to: client) { _ = try client.advanceHandshake() }
        }
    }

    /// Hands over what one side has to send; `step` follows each piece.
    func carry(from source: TLSSession, to sink: TLSSession, _ step: () throws -> Void) rethrows {
        while !source.outgoing.isEmpty {
            let count = min(pieceBytes, source.outgoing.count)
            sink.receive(UnsafeRawBufferPointer(rebasing: source.outgoing[..<count]))
            source.consumeOutgoing(count)
            try step()
        }
    }

    /// Sends plaintext through; what came out of it at the other end.
    func pass(_ bytes: [UInt8], from source: TLSSession, to sink: TLSSession) throws -> [UInt8] {
        try source.write(bytes)
        var received: [UInt8] = []
        try carry(from: source, to: sink) { try received += sink.readAll() }
        return received
    }

    /// Ends both sides, as a client must whose session is to be resumed.
    func close() throws {
        client.close()
        server.close()
        try carry(from: client, to: server) { _ = try server.readAll() }
        try carry(from: server, to: client) { _ = try client.readAll() }
    }
}
