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
            if case .http(let exchange) = connection.phase { closeIfAnswered(connection, exchange) }
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
                guard !budget.isExhausted else { return postponing(connection, at: offset) }
                receiveHTTP(connection, exchange, UnsafeRawBufferPointer(bytes), &offset)
            case .webSocket(let endpoint):
                guard !connection.isPaused else { return offset }
                guard mayBeTakenUp(connection, endpoint) else { return postponing(connection, at: offset) }
                receiveFrames(connection, endpoint, bytes, &offset)
            case .closing:
                receiveWhileClosing(connection, bytes, &offset)
                return bytes.count
            }
        }
        return offset
    }

    /// Whether this turn has time for what such a client says: plain messages that are passed on cost little, and always
    /// are.
    func mayBeTakenUp(_ connection: Connection, _ endpoint: Endpoint) -> Bool {
        !budget.isExhausted || (endpoint != .messages && connection.coding == .plain)
    }

    /// The rest of what the client has said is held, and taken up in a turn that has time for it.
    private func postponing(_ connection: Connection, at offset: Int) -> Int {
        if !connection.isPostponed {
            connection.isPostponed = true
            postponed.append(connection)
        }
        return offset
    }

    /// Takes up what was postponed, before anything new, for as long as this turn has time: whoever has had some goes to
    /// the end of the queue, so that each of them gets on.
    func takeUpPostponed() {
        budget.renew()
        while !budget.isExhausted, let connection = postponed.popFirst() {
            connection.isPostponed = false
            // One that does not read what it has caused goes on when it has.
            if !connection.isGone, connection.isPaused, fanOut.mayCauseMore(connection) { readOn(connection) }
        }
    }

    private func hold(_ connection: Connection, _ bytes: UnsafeRawBufferPointer) {
        let held = connection.heldInput ?? HeldInput()
        connection.heldInput = held
        held.bytes.append(bytes)
        fanOut.pauseReading(connection)
    }
}
