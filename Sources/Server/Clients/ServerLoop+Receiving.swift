import Transport

/// What comes in is handled as far as its sender may go on; the rest is held until it may.
extension ServerLoop {
    func receive(_ connection: Connection, _ bytes: UnsafeMutableRawBufferPointer) {
        guard connection.heldInput == nil else { return hold(connection, UnsafeRawBufferPointer(bytes)) }
        let taken = take(connection, bytes)
        if taken < bytes.count { hold(connection, UnsafeRawBufferPointer(rebasing: bytes[taken...])) }
    }

    /// What the client was told has gone out: what it has said meanwhile is taken up, and when that is done more is
    /// read.
    func readOn(_ connection: Connection) {
        connection.isPaused = false
        if let held = connection.heldInput {
            // Our own memory, which frames are unmasked in. Nothing is appended to it before it is consumed.
            let taken = take(connection, UnsafeMutableRawBufferPointer(mutating: held.bytes.bytes))
            held.bytes.consume(taken)
            guard held.bytes.isEmpty else { return fanOut.pauseReading(connection) }
            connection.heldInput = nil
        }
        if !connection.isPaused { loop.setReading(connection.socket, true) }
    }

    /// Handles what came in until it is used up or the client has to wait; returns how many bytes that were.
    private func take(_ connection: Connection, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
        var offset = 0
        while offset < bytes.count {
            switch connection.phase {
            case .http(let exchange):
                guard !exchange.awaitsAnswer, !connection.isPaused else { return offset }
                receiveHTTP(connection, exchange, UnsafeRawBufferPointer(bytes), &offset)
            case .webSocket(let endpoint):
                guard !connection.isPaused else { return offset }
                receiveFrames(connection, endpoint, bytes, &offset)
            case .closing:
                receiveWhileClosing(connection, bytes, &offset)
                return bytes.count
            }
        }
        return offset
    }

    private func hold(_ connection: Connection, _ bytes: UnsafeRawBufferPointer) {
        let held = connection.heldInput ?? HeldInput()
        connection.heldInput = held
        held.bytes.append(bytes)
        fanOut.pauseReading(connection)
    }
}
