import Recording
import Transport
import WebSocketWire

/// Publishing on schedule, and the bytes on their way out.
extension LoadLoop {
    /// Publishes what is due, and arranges to be called for what is next.
    func pump(_ now: UInt64) {
        guard plan.publishes else { return }
        switch stage {
        case .warmup, .measuring: break
        // What waited for an answer still goes out.
        case .grace: guard isPosting else { return }
        case .connecting, .resting, .closing: return
        }
        if schedule != nil { pumpSchedule(now) } else { pumpClosedLoop(now) }
    }

    private func pumpSchedule(_ now: UInt64) {
        while true {
            let intended = nextIntendedNanoseconds
            guard intended < measureEnd else { return }
            guard intended <= now else { return wakeAt(intended) }
            guard !waitsForPoster else { return }
            if intended >= measureStart { beginMeasuring() }
            scheduledCount += 1
            publish(intendedNanoseconds: intended)
        }
    }

    private func pumpClosedLoop(_ now: UInt64) {
        guard case .closed(let inFlight) = plan.arrival, now < measureEnd else { return }
        if now >= measureStart { beginMeasuring() }
        if let thinkTime = plan.thinkTime { return pumpThinking(thinkTime, slotCount: inFlight, now) }
        while book.outstandingCount < inFlight {
            let outstandingCount = book.outstandingCount
            // What nobody is expected to receive is over at once, and would be followed by no end of others.
            guard publish(intendedNanoseconds: nil), book.outstandingCount > outstandingCount else { return }
        }
    }

    /// Publishes one message by the next publisher that is connected.
    ///
    /// - Parameter intendedNanoseconds: when it should have been sent; nil for now.
    @discardableResult
    func publish(intendedNanoseconds: UInt64?) -> Bool {
        guard let client = choosePublisher() else { return false }
        let sent = nowNanoseconds
        let intended = intendedNanoseconds ?? sent
        let publisher = client.index
        let sequence = book.publish(
            publisher: publisher, intendedNanoseconds: intended, sentNanoseconds: sent)
        let stamp = Stamp(
            identity: .init(runTag: runTag, publisher: UInt32(publisher), sequence: sequence),
            intendedNanoseconds: intended, sentNanoseconds: sent)
        // Until it was free, it was the server that had to be waited for.
        let readyNanoseconds = client.publisher.map { max(intended, $0.freeSinceNanoseconds) } ?? intended
        send(stamp, by: client)
        publishedCount += 1
        if book.isCounting {
            countedPublished += 1
            recorder.published(lagNanoseconds: sent &- min(sent, readyNanoseconds))
        }
        return true
    }

    /// Publishers take turns; one that is not connected, or holds too much already, is passed over.
    private func choosePublisher() -> LoadClient? {
        if isPosting { return chooseFreePoster() }
        for _ in 0..<plan.publishers {
            let client = clients[nextPublisher]
            nextPublisher = (nextPublisher + 1) % plan.publishers
            if client.isOpen, !client.hasSentClose, client.unsentBytes < Self.outboundLimitBytes { return client }
        }
        return nil
    }

    func wakeAt(_ nanoseconds: UInt64) {
        if let scheduled = pumpAtNanoseconds, scheduled <= nanoseconds { return }
        pumpAtNanoseconds = nanoseconds
        loop.schedule(
            TimerToken(kind: TimerKind.pump.rawValue), at: epoch.advanced(byNanoseconds: nanoseconds))
    }

    // MARK: Bytes

    /// Queues a message whose payload `fill` writes in place, compressed where that was agreed on.
    func send(
        _ client: LoadClient, _ kind: MessageKind, byteCount: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        defer { markDirty(client) }
        guard let compression = client.compression else {
            return client.appendFrame(kind.opcode, payloadBytes: byteCount, key: keys.next(), fill)
        }
        var payload = [UInt8](repeating: 0, count: byteCount)
        payload.withUnsafeMutableBytes { fill($0) }
        if let compressed = compressedMessages.compress(payload, compression) {
            client.appendCompressedFrame(kind.opcode, compressed, key: keys.next())
        } else {
            client.appendFrame(kind.opcode, payload, key: keys.next())
        }
    }

    func markDirty(_ client: LoadClient) {
        guard !client.isDirty else { return }
        client.isDirty = true
        dirty.append(client)
    }

    func sendDirty() {
        guard !dirty.isEmpty else { return }
        for client in dirty {
            client.isDirty = false
            guard let socket = client.socket, !client.isBlocked, client.sendingCount == 0 else { continue }
            let unsent: UnsafeRawBufferPointer
            if let tls = client.tls {
                encrypt(client, tls)
                unsent = tls.outgoing
            } else {
                unsent = client.outbound.bytes
            }
            guard let start = unsent.baseAddress, unsent.count > 0 else { continue }
            client.sendingCount = unsent.count
            inFlight.append(client)
            loop.send(socket, start, count: unsent.count)
        }
        dirty.removeAll(keepingCapacity: true)
    }

    func sendStopped(_ socket: SocketID, after sentBytes: Int) {
        guard let client = clientsBySocket[socket.index] else { return }
        client.consumeSent(sentBytes)
        client.sendingCount = 0
        client.isBlocked = true
    }

    func sendsSettled() {
        guard !inFlight.isEmpty else { return }
        for client in inFlight where client.sendingCount > 0 {
            client.consumeSent(client.sendingCount)
            client.sendingCount = 0
        }
        inFlight.removeAll(keepingCapacity: true)
    }

    func writable(_ socket: SocketID) {
        guard let client = clientsBySocket[socket.index] else { return }
        client.isBlocked = false
        markDirty(client)
    }
}
