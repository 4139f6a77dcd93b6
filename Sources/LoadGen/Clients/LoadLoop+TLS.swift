import Transport

/// TLS, between the socket and everything else.
extension LoadLoop {
    /// Begins the handshake of a connection that was made; the upgrade follows it.
    func shakeHands(_ client: LoadClient, _ context: TLSClientContext) {
        do throws(TLSFailure) {
            let tls = try TLSSession(client: context, host: serverHost(of: client))
            client.tls = tls
            client.phase = .shakingHands
            _ = try tls.advanceHandshake()
            markDirty(client)
        } catch {
            ended(client, "TLS: \(error)")
        }
    }

    func receiveEncrypted(_ client: LoadClient, _ tls: TLSSession, _ bytes: UnsafeMutableRawBufferPointer) {
        tls.receive(UnsafeRawBufferPointer(bytes))
        do throws(TLSFailure) {
            if case .shakingHands = client.phase {
                let isDone = try tls.advanceHandshake()
                markDirty(client)
                guard isDone else { return }
                transportReady(client)
            }
            try decrypt(client, tls)
        } catch {
            ended(client, "TLS: \(error)")
        }
    }

    private func decrypt(_ client: LoadClient, _ tls: TLSSession) throws(TLSFailure) {
        // What is received may end the connection.
        while client.tls === tls {
            switch try tls.read(into: plaintext) {
            case .bytes(let count):
                receive(client, UnsafeMutableRawBufferPointer(rebasing: plaintext[..<count]))
            case .needsMore:
                if !tls.outgoing.isEmpty { markDirty(client) }
                return
            case .closed:
                return ended(client, CloseReason.endOfStream.description)
            }
        }
    }

    /// What is queued in plain text goes into what is sent.
    func encrypt(_ client: LoadClient, _ tls: TLSSession) {
        guard tls.isHandshakeDone, !client.outbound.isEmpty else { return }
        do throws(TLSFailure) {
            try tls.write(client.outbound.bytes)
            client.outbound.consume(client.outbound.count)
        } catch {
            // Told with the end of the connection, which follows.
            client.outbound.removeAll()
        }
    }
}
