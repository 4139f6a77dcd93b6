import DequeModule
import Transport

/// What one loop needs for TLS: sessions, a place to decrypt into, and the handshakes that wait for their turn.
///
/// A step of a handshake computes for up to a millisecond, which all clients of the loop wait for. Loop's thread only.
final class Encryption {
    /// Bounds how long the clients that are served wait for those that come.
    private static let stepsPerTurn = 4
    private static let plaintextBytes = 64 << 10

    private let context: TLSServerContext
    // Allocated in init, never reassigned, freed in deinit.
    let plaintext = UnsafeMutableRawBufferPointer.allocate(byteCount: Encryption.plaintextBytes, alignment: 64)
    private var waiting: Deque<Connection> = []

    init(_ context: TLSServerContext) { self.context = context }

    deinit { plaintext.deallocate() }

    /// Nil where there is no memory for one.
    func session() -> TLSSession? { try? TLSSession(server: context) }

    var hasWaiting: Bool { !waiting.isEmpty }

    /// Something of a handshake has come in.
    func queue(_ connection: Connection) {
        guard !connection.awaitsHandshake else { return }
        connection.awaitsHandshake = true
        waiting.append(connection)
    }

    /// Those whose turn it is, those first that have waited longest.
    func takeDue() -> [Connection] {
        // Who has gone takes nobody's turn, and its session is not kept for it.
        waiting.removeAll { $0.isGone }
        let due = Array(waiting.prefix(Self.stepsPerTurn))
        waiting.removeFirst(due.count)
        for connection in due { connection.awaitsHandshake = false }
        return due
    }
}
