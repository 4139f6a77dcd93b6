import Transport

/// Clients that fall behind: how far they may, and what becomes of them then.
extension FanOut {
    /// Deals with those who are too far behind, and forgets those who are not behind any more.
    func boundBacklogs() {
        slowestBacklogBytes = 0
        guard !stalled.isEmpty else { return }
        stalled.removeAll { connection in
            connection.isWatched = connection.isBlocked && !connection.isGone
            return !connection.isWatched
        }
        for connection in stalled { boundBacklog(connection) }
    }

    private func boundBacklog(_ connection: Connection) {
        let backlogBytes = backlogBytes(connection)
        slowestBacklogBytes = max(slowestBacklogBytes, backlogBytes)
        guard backlogBytes > backlogLimitBytes else { return }
        if let detour = connection.detour, detour.isMidFrame { spillFrame(connection, detour) }
        switch slowClientPolicy {
        case .disconnect: disconnectSlowClient(connection)
        case .skip: skipToNewestFrame(connection)
        }
    }

    /// How far behind the newest frame the client is, through all changes of stream that are ahead of it.
    func backlogBytes(_ connection: Connection) -> UInt64 {
        guard let detour = connection.detour else { return 0 }
        var stream = connection.stream
        var position = detour.trail?.position
        var total: UInt64 = 0
        for change in detour.switches {
            if let position { total += change.fromEnd - position }
            stream = change.stream
            position = change.start?.position
        }
        guard let stream, let position, picture.ends[stream.index].position > position else { return total }
        return total + picture.ends[stream.index].position - position
    }

    /// What waits for this client alone, apart from its stream.
    func ownBytes(_ connection: Connection) -> Int { connection.detour?.outbound.count ?? 0 }

    /// A message for this client alone is not sent to it.
    func leaveOutMessage(_ connection: Connection) {
        connection.missedMessages += 1
        figures.missed(1)
    }

    /// Only where no frame is under way. The changes of stream on the way there take place.
    private func skipToNewestFrame(_ connection: Connection) {
        guard let detour = connection.detour else { return }
        while let change = detour.switches.first {
            skip(connection, detour, to: change.fromEnd, frameNumber: change.fromFrameCount)
            follow(connection, detour, change)
        }
        guard let stream = connection.stream else { return }
        let end = picture.ends[stream.index]
        guard end.frameCount > 0 else { return }
        skip(connection, detour, to: end.newestFrameStart, frameNumber: end.frameCount - 1)
    }

    /// Leaves out what lies between the client and the frame that begins, or would begin, at `position`.
    private func skip(_ connection: Connection, _ detour: Detour, to position: UInt64, frameNumber: UInt64) {
        guard var place = detour.trail, place.position < position else { return }
        let missed = frameNumber - place.frame(published: position).number
        place.seek(to: position)
        detour.trail = place
        connection.missedMessages += missed
        figures.missed(missed)
    }

    /// Moves the rest of the frame under way into the client's own bytes, at their front, so that its place in the
    /// log is a frame boundary: the one copy that a client can cost, and only of one that is slow.
    func spillFrame(_ connection: Connection, _ detour: Detour) {
        detour.isMidFrame = false
        guard let stream = connection.stream, var trail = detour.trail else { return }
        let frameEnd = trail.frame(published: picture.ends[stream.index].position).end
        let rest = trail.piece(upTo: frameEnd)
        trail.advance(by: rest.count)
        detour.trail = trail
        detour.outbound.prepend(rest)
    }
}
