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
        if connection.isMidFrame { spillFrame(connection) }
        switch slowClientPolicy {
        case .disconnect: disconnectSlowClient(connection)
        case .skip: skipToNewestFrame(connection)
        }
    }

    /// How far behind the newest frame the client is, through all changes of stream that are ahead of it.
    private func backlogBytes(_ connection: Connection) -> UInt64 {
        var stream = connection.stream
        var position = connection.trail?.position
        var total: UInt64 = 0
        for change in connection.switches {
            if let position { total += change.fromEnd - position }
            stream = change.stream
            position = change.start?.position
        }
        guard let stream, let position, ends[stream.index].position > position else { return total }
        return total + ends[stream.index].position - position
    }

    /// Only where no frame is under way. The changes of stream on the way there take place.
    private func skipToNewestFrame(_ connection: Connection) {
        while let change = connection.switches.first {
            skip(connection, to: change.fromEnd, frameNumber: change.fromFrameCount)
            follow(connection, change)
        }
        guard let stream = connection.stream else { return }
        let end = ends[stream.index]
        guard end.frameCount > 0 else { return }
        skip(connection, to: end.newestFrameStart, frameNumber: end.frameCount - 1)
    }

    /// Leaves out what lies between the client and the frame that begins, or would begin, at `position`.
    private func skip(_ connection: Connection, to position: UInt64, frameNumber: UInt64) {
        guard var place = connection.trail, place.position < position else { return }
        let missed = frameNumber - place.frame(published: position).number
        place.seek(to: position)
        connection.trail = place
        connection.missedMessages += missed
        figures.missed(missed)
    }

    /// Moves the rest of the frame under way into the client's own bytes, at their front, so that its place in the
    /// log is a frame boundary: the one copy that a client can cost, and only of one that is slow.
    func spillFrame(_ connection: Connection) {
        connection.isMidFrame = false
        guard let stream = connection.stream, var trail = connection.trail else { return }
        let frameEnd = trail.frame(published: ends[stream.index].position).end
        let rest = trail.piece(upTo: frameEnd)
        trail.advance(by: rest.count)
        connection.trail = trail
        connection.outbound.prepend(rest)
    }
}
