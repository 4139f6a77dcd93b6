import Transport

/// What a peer may send where TLS is spoken. Nothing that it makes up completes a handshake or becomes plaintext, what
/// is sent in return is bounded, and a session that has failed stays so.
///
/// The first setting chooses a server's session that begins, a client's that begins, or a server's whose handshake is
/// done. OpenSSL draws random numbers, so that runs of one input differ in what they reach, not in what is promised.
enum TLSTarget {
    /// Above the longest flight of a handshake with its alert.
    private static let outgoingLimitBytes = 1 << 16

    static func check(_ input: FuzzInput) throws(FuzzFinding) {
        let choice = input.setting(0) % 3
        let session = try makeSession(choice)
        let wasDone = session.isHandshakeDone
        guard wasDone == (choice == 2) else {
            throw FuzzFinding("expected a handshake between honest peers to be done, and no other")
        }
        var failure: TLSFailure?
        for piece in input.pieces {
            ExactMemory.withCopy(of: piece) { session.receive(UnsafeRawBufferPointer($0)) }
            let found = try advance(session)
            guard failure == nil || found == failure else {
                throw FuzzFinding("expected the failure \(String(describing: failure)) again")
            }
            failure = found
            guard session.isHandshakeDone == wasDone else {
                throw FuzzFinding("expected no handshake to be done with what was made up")
            }
            guard session.outgoing.count <= outgoingLimitBytes else {
                throw FuzzFinding("expected at most \(outgoingLimitBytes) bytes to be sent in return")
            }
        }
        session.close()
    }

    private static func makeSession(_ choice: Int) throws(FuzzFinding) -> TLSSession {
        let contexts: TLSFuzzContexts
        switch TLSFuzzContexts.shared {
        case .success(let made): contexts = made
        case .failure(let failure): throw FuzzFinding("the target's own contexts: \(failure)")
        }
        do throws(TLSFailure) {
            return try makeSession(choice, contexts)
        } catch {
            throw FuzzFinding("expected a session to feed, found: \(error)")
        }
    }

    private static func makeSession(_ choice: Int, _ contexts: TLSFuzzContexts) throws(TLSFailure) -> TLSSession {
        switch choice {
        case 0:
            return try TLSSession(server: contexts.server)
        case 1:
            let client = try TLSSession(client: contexts.client, host: "localhost")
            _ = try client.advanceHandshake()
            return client
        default:
            return try connectedServer(contexts)
        }
    }

    private static func connectedServer(_ contexts: TLSFuzzContexts) throws(TLSFailure) -> TLSSession {
        let server = try TLSSession(server: contexts.server)
        let client = try TLSSession(client: contexts.client, host: "localhost")
        // Two flights each way are enough for every version; a handshake that takes more is found by its end.
        for _ in 0..<4 {
            _ = try client.advanceHandshake()
            carry(from: client, to: server)
            _ = try server.advanceHandshake()
            carry(from: server, to: client)
        }
        return server
    }

    private static func carry(from source: TLSSession, to sink: TLSSession) {
        sink.receive(source.outgoing)
        source.consumeOutgoing(source.outgoing.count)
    }

    /// Goes as far as the session can; why it cannot go on, if so.
    private static func advance(_ session: TLSSession) throws(FuzzFinding) -> TLSFailure? {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 1)
        defer { buffer.deallocate() }
        let result: TLSSession.ReadResult
        do throws(TLSFailure) {
            guard try session.advanceHandshake() else { return nil }
            result = try session.read(into: buffer)
        } catch {
            return error
        }
        guard result == .needsMore || result == .closed else {
            throw FuzzFinding("expected no plaintext from what was made up, found \(result)")
        }
        return nil
    }
}
