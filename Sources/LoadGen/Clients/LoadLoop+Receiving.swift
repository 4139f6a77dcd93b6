import Recording
import Transport
import WebSocketWire

/// What the server sends: every message is recognised, checked and accounted for.
extension LoadLoop {
    func received(_ socket: SocketID, _ bytes: UnsafeMutableRawBufferPointer) {
        guard let client = clientsBySocket[socket.index] else { return }
        watchReceive(client, socket, UnsafeRawBufferPointer(bytes))
        if client.reading == .slowly { spendAllowance(client, bytes.count) }
        if let tls = client.tls { receiveEncrypted(client, tls, bytes) } else { receive(client, bytes) }
    }

    func receive(_ client: LoadClient, _ bytes: UnsafeMutableRawBufferPointer) {
        if let publisher = client.publisher { return receiveAnswers(client, publisher, UnsafeRawBufferPointer(bytes)) }
        let now = MonotonicInstant.now()
        var offset = 0
        if case .upgrading(let underWay) = client.phase {
            receiveResponse(client, underWay, UnsafeRawBufferPointer(bytes), &offset)
        }
        guard offset < bytes.count, client.socket != nil, client.reading != .never || client.isSubscribing else {
            return
        }
        if stage == .measuring { noteReceiveDelay(now) }
        receiveFrames(client, bytes, &offset, atNanoseconds: UInt64(max(0, now - epoch)))
    }

    private func receiveFrames(
        _ client: LoadClient, _ bytes: UnsafeMutableRawBufferPointer, _ offset: inout Int, atNanoseconds now: UInt64
    ) {
        do throws(ProtocolViolation) {
            // Behind our own close frame nothing is of interest, and nothing may be answered.
            while client.socket != nil, !client.hasSentClose,
                let event = try client.parser.next(in: bytes, at: &offset)
            {
                switch event {
                case .message(let kind, let range, let isCompressed):
                    let payload = UnsafeRawBufferPointer(rebasing: bytes[range])
                    guard isCompressed else {
                        receiveMessage(client, kind, payload, atNanoseconds: now)
                        continue
                    }
                    try compressedMessages.inflate(kind, payload) {
                        receiveMessage(client, kind, $0, atNanoseconds: now)
                    }
                case .part(let kind, let range, _, let isLast, let isCompressed):
                    let payload = UnsafeRawBufferPointer(rebasing: bytes[range])
                    guard isCompressed else {
                        receivePart(client, kind, payload, isLast: isLast, atNanoseconds: now)
                        continue
                    }
                    client.assembled.append(contentsOf: payload)
                    guard isLast else { continue }
                    let message = client.assembled
                    client.assembled = []
                    try message.span.withUnsafeBytes { message throws(ProtocolViolation) in
                        try compressedMessages.inflate(kind, message) {
                            receiveMessage(client, kind, $0, atNanoseconds: now)
                        }
                    }
                case .ping:
                    guard client.isUpgraded else { continue }
                    client.appendFrame(.pong, client.parser.controlPayload, key: keys.next())
                    markDirty(client)
                case .pong:
                    break
                case .close(let code):
                    receiveClose(client, code)
                }
            }
        } catch {
            count(error: "protocol: \(error.details)")
            refuse(client, error.closeCode)
        }
    }

    private func receiveMessage(
        _ client: LoadClient, _ kind: MessageKind, _ payload: UnsafeRawBufferPointer, atNanoseconds now: UInt64
    ) {
        if plan.messages.confirmation != nil, client.isSubscribing { return receiveConfirmation(client, payload) }
        if plan.mode == .reflect { return reflect(client, kind, payload) }
        if searchesStamp {
            return account(
                client, stampFinder.identity(in: payload), byteCount: payload.count, matches: true, atNanoseconds: now)
        }
        account(
            client, Stamp.decodeIdentity(payload), byteCount: payload.count,
            matches: payload.count == pattern.byteCount && pattern.matches(payload, payloadOffset: 0),
            atNanoseconds: now)
    }

    /// A part of a message that is too long for one read, checked as it comes and not kept.
    private func receivePart(
        _ client: LoadClient, _ kind: MessageKind, _ payload: UnsafeRawBufferPointer, isLast: Bool,
        atNanoseconds now: UInt64
    ) {
        if plan.messages.confirmation != nil, client.isSubscribing {
            return receiveConfirmation(client, part: payload, isLast: isLast)
        }
        if plan.mode == .reflect {
            client.assembled.append(contentsOf: payload)
            guard isLast else { return }
            client.assembled.withUnsafeBytes { reflect(client, kind, $0) }
            client.assembled = []
            return
        }
        if searchesStamp {
            StampFinder.search(payload, carrying: &client.partialStamp)
        } else {
            let missing = Stamp.encodedBytes - client.partialStamp.count
            if missing > 0 { client.partialStamp.append(contentsOf: payload.prefix(missing)) }
        }
        if plan.payloadCheck == .stamp {
            if let socket = client.socket, client.partialStamp.count == Stamp.encodedBytes {
                let skipped = client.parser.skipPayload()
                client.partialBytes += skipped
                loop.discard(socket, skipped)
            }
        } else if client.partialMatches, !searchesStamp {
            client.partialMatches = pattern.matches(payload, payloadOffset: client.partialBytes)
        }
        client.partialBytes += payload.count
        guard isLast else { return }
        let identity = client.partialStamp.withUnsafeBytes { Stamp.decodeIdentity($0) }
        account(
            client, identity, byteCount: client.partialBytes,
            matches: searchesStamp || (client.partialMatches && client.partialBytes == pattern.byteCount),
            atNanoseconds: now)
        client.endPartial()
    }

    private func account(
        _ client: LoadClient, _ identity: Stamp.Identity?, byteCount: Int, matches: Bool, atNanoseconds now: UInt64
    ) {
        guard plan.publishes, let identity, identity.runTag == runTag else {
            return book.countUnknown(byteCount: byteCount)
        }
        if !matches { book.countCorrupted() }
        let receipt = book.receive(
            client: client.index, publisher: Int(identity.publisher), sequence: identity.sequence,
            atNanoseconds: now)
        switch receipt {
        case .delivered(let delivery, _):
            recorder.delivered(delivery, atNanoseconds: now, payloadBytes: byteCount)
        case .unknown:
            book.countUnknown(byteCount: byteCount)
        case .duplicate, .early, .expired:
            break
        }
    }

    private func reflect(_ client: LoadClient, _ kind: MessageKind, _ payload: UnsafeRawBufferPointer) {
        guard client.isOpen, !client.hasSentClose else { return }
        send(client, kind, byteCount: payload.count) { $0.copyMemory(from: payload) }
    }

    /// The server closes: its code is answered (RFC 6455 §5.5.1); it ends the connection.
    private func receiveClose(_ client: LoadClient, _ code: CloseCode) {
        guard client.isUpgraded else { return }
        if stage != .closing, plan.mode != .reflect, client.reading == .eager {
            count(error: "closed by the server with \(code.rawValue)")
        }
        refuse(client, code == .noStatus ? .normal : code)
    }

    /// Sends a close frame; the connection counts as open until it has ended.
    private func refuse(_ client: LoadClient, _ code: CloseCode) {
        guard !client.hasSentClose else { return }
        client.hasSentClose = true
        client.appendFrame(.close, FrameWriter.closePayload(code, reason: ""), key: keys.next())
        markDirty(client)
    }
}
