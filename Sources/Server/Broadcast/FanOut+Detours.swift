import Transport

/// Clients served by themselves: what is for one alone goes out, then its stream, until it is level with the others.
extension FanOut {
    /// Encrypted at a time: what a client whose socket is full has in memory of its own.
    private static let encryptedPieceBytes = 64 << 10

    func serveDirty() {
        guard !dirty.isEmpty else { return }
        swap(&dirty, &due)
        for connection in due {
            connection.isDirty = false
            serve(connection)
        }
        due.removeAll(keepingCapacity: true)
    }

    private func serve(_ connection: Connection) {
        guard !connection.isGone, !connection.isBlocked, let detour = connection.detour,
            case .nothing = detour.sending
        else { return }
        while true {
            if let tls = connection.tls {
                if !tls.outgoing.isEmpty { return sendEncrypted(connection, detour, tls) }
                // Before that there is nothing to say.
                guard tls.isHandshakeDone else {
                    if connection.closesWhenDrained { finish(connection) }
                    return
                }
            }
            if detour.isMidFrame, !detour.outbound.isEmpty { spillFrame(connection, detour) }
            if !detour.outbound.isEmpty {
                guard let tls = connection.tls else { return sendOutbound(connection, detour) }
                guard encryptOutbound(detour, tls) else { return breakOff(connection) }
                continue
            }
            if connection.isPaused, !hasTooManyMoves(connection) {
                readOn(connection)
                guard !connection.isGone else { return }
                if !detour.outbound.isEmpty { continue }
            }
            if connection.closesWhenDrained {
                guard let tls = connection.tls, !tls.hasClosed else { return finish(connection) }
                tls.close()
                continue
            }
            let change = detour.switches.first
            guard let stream = connection.stream else {
                guard let change else { return endDetour(connection) }
                follow(connection, detour, change)
                continue
            }
            guard var trail = detour.trail, let level = groups[stream.index].cursor?.position else { return }
            if let change, trail.position >= change.fromEnd {
                follow(connection, detour, change)
                continue
            }
            let piece = trail.piece(upTo: min(level, change?.fromEnd ?? level))
            detour.trail = trail
            if piece.count > 0 {
                guard let tls = connection.tls else { return sendLog(connection, detour, piece) }
                guard encryptLog(detour, piece, tls) else { return breakOff(connection) }
                continue
            }
            if change == nil, trail.position == level { return attach(connection) }
            // Ahead of its loop, whose picture of the streams is older: its turn comes with the next one.
            return keepForNextTurn(connection)
        }
    }

    private func sendOutbound(_ connection: Connection, _ detour: Detour) {
        detour.sending = .outbound(count: detour.outbound.count)
        queue(connection, detour, detour.outbound.bytes)
    }

    private func sendLog(_ connection: Connection, _ detour: Detour, _ piece: UnsafeRawBufferPointer) {
        detour.sending = .log(count: piece.count)
        figures.delivered(1, bytes: piece.count)
        queue(connection, detour, piece)
    }

    private func sendEncrypted(_ connection: Connection, _ detour: Detour, _ tls: TLSSession) {
        detour.sending = .encrypted(count: tls.outgoing.count)
        queue(connection, detour, tls.outgoing)
    }

    /// False where the connection is no longer fit for it.
    private func encryptOutbound(_ detour: Detour, _ tls: TLSSession) -> Bool {
        let count = min(detour.outbound.count, Self.encryptedPieceBytes)
        guard (try? tls.write(UnsafeRawBufferPointer(rebasing: detour.outbound.bytes[..<count]))) != nil else {
            return false
        }
        detour.outbound.consume(count)
        return true
    }

    private func encryptLog(_ detour: Detour, _ piece: UnsafeRawBufferPointer, _ tls: TLSSession) -> Bool {
        let count = min(piece.count, Self.encryptedPieceBytes)
        guard (try? tls.write(UnsafeRawBufferPointer(rebasing: piece[..<count]))) != nil else { return false }
        figures.delivered(1, bytes: count)
        detour.trail?.advance(by: count)
        detour.isMidFrame = count < piece.count
        return true
    }

    private func queue(_ connection: Connection, _ detour: Detour, _ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        inFlight.append(connection)
        // What follows this send, if anything does, must not wait for another event.
        if connection.stream != nil || connection.closesWhenDrained || connection.isPaused
            || !detour.switches.isEmpty || connection.tls != nil
        {
            mustSettle = true
        }
        loop.send(connection.socket, start, count: bytes.count)
    }

    func keepForNextTurn(_ connection: Connection) {
        guard !connection.isDirty else { return }
        connection.isDirty = true
        dirty.append(connection)
    }

    // MARK: Following a stream

    /// Makes the client's place, if it is level with its loop, its own.
    func detach(_ connection: Connection, _ detour: Detour) {
        guard let stream = connection.stream, detour.trail == nil else { return }
        leaveLevel(connection, stream)
        detour.trail = groups[stream.index].cursor
    }

    private func leaveLevel(_ connection: Connection, _ stream: StreamID) {
        groups[stream.index].level.remove(connection.socket.index)
        groups[stream.index].encrypted.remove(connection.socket.index)
    }

    private func attach(_ connection: Connection) {
        guard let stream = connection.stream else { return }
        endDetour(connection)
        if connection.tls == nil {
            groups[stream.index].level.insert(connection.socket.index)
        } else {
            groups[stream.index].encrypted.insert(connection.socket.index)
        }
        // The first follower sets the group's place: what lies behind it has not been sent in this turn.
        if let level = groups[stream.index].cursor?.position, level < picture.ends[stream.index].position {
            mustSettle = true
        }
    }

    func unfollow(_ connection: Connection) {
        connection.detour?.trail = nil
        guard let stream = connection.stream else { return }
        leaveLevel(connection, stream)
        connection.stream = nil
        groups[stream.index].followerCount -= 1
        if groups[stream.index].followerCount == 0 { groups[stream.index].cursor = nil }
    }

    func follow(_ connection: Connection, _ detour: Detour, _ change: Detour.Switch) {
        detour.switches.removeFirst()
        unfollow(connection)
        detour.outbound.append(change.answer)
        guard let stream = change.stream else {
            connection.closesWhenDrained = true
            return
        }
        connection.stream = stream
        detour.trail = change.start
        if groups[stream.index].followerCount == 0 { groups[stream.index].cursor = change.start }
        groups[stream.index].followerCount += 1
    }
}
