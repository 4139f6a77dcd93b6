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
        case .connecting, .grace, .resting, .closing: return
        }
        if pacer != nil { pumpSchedule(now) } else { pumpClosedLoop(now) }
    }

    private func pumpSchedule(_ now: UInt64) {
        while true {
            let intended = nextIntendedNanoseconds
            guard intended < measureEnd else { return }
            guard intended <= now else { return wakeAt(intended) }
            if intended >= measureStart { beginMeasuring() }
            scheduledCount += 1
            publish(intendedNanoseconds: intended)
        }
    }

    private func pumpClosedLoop(_ now: UInt64) {
        guard case .closed(let inFlight) = plan.arrival, now < measureEnd else { return }
        if now >= measureStart { beginMeasuring() }
        while book.outstandingCount < inFlight {
            guard publish(intendedNanoseconds: nil) else { return }
        }
    }

    /// Publishes one message by the next publisher that is connected.
    ///
    /// - Parameter intendedNanoseconds: when it should have been sent; nil for now.
    @discardableResult
    private func publish(intendedNanoseconds: UInt64?) -> Bool {
        guard let client = choosePublisher() else { return false }
        let sent = nowNanoseconds
        let intended = intendedNanoseconds ?? sent
        let publisher = client.index
        let sequence = book.publish(
            publisher: publisher, intendedNanoseconds: intended, sentNanoseconds: sent)
        let stamp = Stamp(
            identity: .init(runTag: runTag, publisher: UInt32(publisher), sequence: sequence),
            intendedNanoseconds: intended, sentNanoseconds: sent)
        client.appendFrame(.binary, payloadBytes: pattern.byteCount, key: keys.next()) { payload in
            pattern.write(stamp, into: payload)
        }
        markDirty(client)
        publishedCount += 1
        if book.isCounting {
            countedPublished += 1
            recorder.published(lagNanoseconds: sent &- intended)
        }
        return true
    }

    /// Publishers take turns; one that is not connected, or holds too much already, is passed over.
    private func choosePublisher() -> LoadClient? {
        for _ in 0..<plan.publishers {
            let client = clients[nextPublisher]
            nextPublisher = (nextPublisher + 1) % plan.publishers
            if client.isOpen, !client.hasSentClose, client.outbound.count < Self.outboundLimitBytes { return client }
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

    func markDirty(_ client: LoadClient) {
        guard !client.isDirty else { return }
        client.isDirty = true
        dirty.append(client)
    }

    func sendDirty() {
        guard !dirty.isEmpty else { return }
        for client in dirty {
            client.isDirty = false
            guard let socket = client.socket, !client.isBlocked, client.sendingCount == 0,
                let bytes = client.outbound.bytes.baseAddress
            else { continue }
            client.sendingCount = client.outbound.count
            inFlight.append(client)
            loop.send(socket, bytes, count: client.sendingCount)
        }
        dirty.removeAll(keepingCapacity: true)
    }

    func sendStopped(_ socket: SocketID, after sentBytes: Int) {
        guard let client = clientsBySocket[socket.index] else { return }
        client.outbound.consume(sentBytes)
        client.sendingCount = 0
        client.isBlocked = true
    }

    func sendsSettled() {
        guard !inFlight.isEmpty else { return }
        for client in inFlight where client.sendingCount > 0 {
            client.outbound.consume(client.sendingCount)
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
