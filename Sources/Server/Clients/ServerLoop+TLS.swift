import Transport
import WebSocketWire

/// TLS, between the socket and everything else.
extension ServerLoop {
    /// More than any handshake's message: a client that sends so much before its turn has come waits with the rest.
    private static let unreadLimitBytes = 64 << 10

    func receiveEncrypted(_ connection: Connection, _ tls: TLSSession, _ bytes: UnsafeMutableRawBufferPointer) {
        // Who has said that nothing more comes, or has broken the session, cannot put off its end by saying more.
        guard !connection.peerHasClosed, !tls.hasFailed else { return }
        tls.receive(UnsafeRawBufferPointer(bytes))
        guard !tls.isHandshakeDone else { return decrypt(connection, tls) }
        encryption?.queue(connection)
        if tls.unreadBytes > Self.unreadLimitBytes { loop.setReading(connection.socket, false) }
    }

    /// Takes some handshakes a step further: the rest waits for the next turn, so that a crowd that connects does not
    /// stop the broadcasts.
    func shakeHands() {
        guard let encryption, encryption.hasWaiting else { return }
        for connection in encryption.takeDue() {
            guard !connection.isGone, let tls = connection.tls else { continue }
            // What has come is used up or thrown away by this step.
            loop.setReading(connection.socket, true)
            do throws(TLSFailure) {
                let isDone = try tls.advanceHandshake()
                fanOut.touch(connection)
                if isDone { decrypt(connection, tls) }
            } catch {
                fail(connection, tls, error)
            }
        }
        if encryption.hasWaiting { loop.wake() }
    }

    private func decrypt(_ connection: Connection, _ tls: TLSSession) {
        guard let encryption else { return }
        while !connection.isGone {
            do throws(TLSFailure) {
                switch try tls.read(into: encryption.plaintext) {
                case .bytes(let count):
                    receive(connection, UnsafeMutableRawBufferPointer(rebasing: encryption.plaintext[..<count]))
                case .needsMore:
                    // An answer to the peer's key update, say.
                    if !tls.outgoing.isEmpty { fanOut.touch(connection) }
                    return
                case .closed:
                    if !peerFinished(connection) { close(connection) }
                    return
                }
            } catch {
                return fail(connection, tls, error)
            }
        }
    }

    /// Ends the connection; the peer is told by an alert, or in plain words where it speaks plain HTTP.
    private func fail(_ connection: Connection, _ tls: TLSSession, _ failure: TLSFailure) {
        log.debug("TLS with \(loop.peerAddress(of: connection.socket).host) failed: \(failure)")
        figures.tookIn()
        figures.refuse()
        if let detour = connection.detour {
            // It cannot be encrypted any more, and the alert is to go out all the same.
            detour.outbound.removeAll()
            detour.isMidFrame = false
        }
        if failure.isPlainHTTP {
            connection.tls = nil
            let answer = HTTPAnswer.failure(400, "this port speaks TLS: use https:// or wss://")
            fanOut.say(connection, bytes: answer.response.serialized(keepAlive: false))
        }
        close(connection)
    }
}
