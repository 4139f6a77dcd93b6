import Recording
import Transport
import WebSocketWire

/// Connections: the ramp, the upgrade, what drops and comes back.
extension LoadLoop {
    /// Starts as many connections as the ramp allows now.
    func startConnections() {
        let elapsed = nowNanoseconds
        let pending = startedCount - everConnectedCount - failedCount
        let allowance = ramp.allowance(
            elapsedNanoseconds: elapsed, started: startedCount, pending: pending, total: plan.clients)
        for _ in 0..<allowance {
            let client = clients[startedCount]
            startedCount += 1
            connect(client)
        }
        if everConnectedCount + failedCount >= plan.clients { return connectingEnded() }
        if startedCount < plan.clients, plan.connectRatePerSecond != nil {
            wakeAt(ramp.nextNanoseconds(started: startedCount))
        }
    }

    func connect(_ client: LoadClient) {
        client.connectBeganAt = .now()
        do throws(SystemError) {
            let source = plan.sourceAddresses?.address(ofClient: client.index)
            let socket = try loop.connect(to: serverAddress(of: client), from: source)
            if client.publisher == nil, watch.stampedClients.contains(client.index) { loop.stampReceives(of: socket) }
            client.phase = .connecting
            client.socket = socket
            while clientsBySocket.count <= socket.index { clientsBySocket.append(nil) }
            clientsBySocket[socket.index] = client
        } catch {
            connectFailed(client, error.description)
        }
    }

    func connected(_ socket: SocketID) {
        guard let client = clientsBySocket[socket.index] else { return }
        if let tls = tlsContext(of: client) { shakeHands(client, tls) } else { transportReady(client) }
    }

    func beginUpgrade(_ client: LoadClient) {
        let group = plan.groups.group(ofClient: client.index)
        let upgrade = ClientUpgrade(
            host: plan.url.authority, path: group?.path ?? plan.url.path, key: ClientUpgrade.key(from: keys.nonce()),
            subprotocols: plan.subprotocols, extensions: plan.compresses ? DeflateOffer.clientHeaderValue : nil,
            headers: (client.cookies?.adding(to: plan.headers) ?? plan.headers) + (group?.headers ?? []))
        client.phase = .upgrading(UpgradeUnderWay(upgrade))
        client.outbound.append(upgrade.request())
        markDirty(client)
    }

    func receiveResponse(
        _ client: LoadClient, _ underWay: UpgradeUnderWay, _ bytes: UnsafeRawBufferPointer, _ offset: inout Int
    ) {
        var said = ""
        do {
            guard let response = try underWay.response.next(in: bytes, at: &offset) else { return }
            CookieJar.collect(response.headers, into: &client.cookies)
            said = Self.words(of: response.body)
            _ = try underWay.upgrade.validate(response)
            if plan.compresses {
                let answer = response.headers.elements(of: "Sec-WebSocket-Extensions")
                if let compression = try DeflateAgreement.agreed(inAnswer: answer) {
                    client.agree(on: compression, maximumMessageBytes: maximumMessageBytes)
                }
            }
        } catch {
            drop(client)
            return connectFailed(client, "upgrade refused: \(error)\(said)")
        }
        recorder.handshake.record(UInt64(max(0, MonotonicInstant.now() - client.connectBeganAt)))
        // What held the request: an idle client sends nothing but pongs.
        if client.outbound.isEmpty { client.outbound.removeAll() }
        subscribe(client)
    }

    /// How a server explains its refusal, in one short line.
    private static func words(of body: [UInt8]) -> String {
        let words = String(decoding: body.prefix(200), as: UTF8.self).unicodeScalars
            .split { $0 == " " || $0.properties.generalCategory == .control }
        return words.isEmpty ? "" : " It said: " + words.map { String($0) }.joined(separator: " ")
    }

    /// The client receives from now on what is published.
    func opened(_ client: LoadClient) {
        client.phase = .open
        client.reconnectAttempts = 0
        connectedCount += 1
        if count(firstOutcomeOf: client) {
            everConnectedCount += 1
            watch.noteConnected(atNanoseconds: nowNanoseconds)
        }
        noteReturn(client)
        slowDown(client)
        join(client)
    }

    /// Closes the socket at once; the client is as if it had never been connected.
    ///
    /// - Parameter resetting: with RST, so that nothing is left of the connection on either side.
    func drop(_ client: LoadClient, resetting: Bool = false) {
        if let socket = client.socket {
            clientsBySocket[socket.index] = nil
            if resetting { loop.reset(socket) } else { loop.close(socket) }
        }
        client.reset(maximumMessageBytes: maximumMessageBytes)
    }

    func closed(_ socket: SocketID, _ reason: CloseReason) {
        guard let client = clientsBySocket[socket.index] else { return }
        ended(client, reason.description)
    }

    /// The connection is over, for a reason that we did not ask for unless we are closing.
    func ended(_ client: LoadClient, _ reason: String) {
        if let publisher = client.publisher { return posterEnded(client, publisher, reason) }
        let phase = client.phase
        drop(client)
        switch phase {
        case .idle:
            break
        case .connecting, .shakingHands, .upgrading:
            connectFailed(client, "connect: \(reason)")
        case .subscribing:
            connectFailed(client, "subscribe: \(reason)")
        case .closing:
            connectedCount -= 1
            connectAgain(client)
        case .open:
            connectedCount -= 1
            leave(client)
            guard stage != .closing, plan.mode != .reflect else { break }
            noteDrop(client, reason)
            scheduleReconnect(client)
        }
        if plan.mode == .reflect, connectedCount == 0, stage != .connecting { beginClosing(nowNanoseconds) }
    }

    private func connectFailed(_ client: LoadClient, _ reason: String) {
        if let publisher = client.publisher { return posterEnded(client, publisher, reason) }
        count(error: reason)
        // Whoever left by plan is missed once the server does not take it back.
        client.absence?.cause = .failure
        if count(firstOutcomeOf: client) { failedCount += 1 } else { scheduleReconnect(client) }
    }

    func scheduleReconnect(_ client: LoadClient, _ timer: TimerKind = .reconnect) {
        // Who posts is no client: without it the run has nothing to measure.
        guard plan.reconnects || timer == .reconnectPoster, stage != .closing else { return }
        let delay = Backoff(jitterFraction: plan.reconnectJitter).delayNanoseconds(
            attempt: client.reconnectAttempts, random: Double.random(in: 0..<1, using: &generator))
        client.reconnectAttempts += 1
        loop.schedule(
            TimerToken(kind: timer.rawValue, value: UInt32(client.index)), afterNanoseconds: delay)
    }

    func reconnect(_ client: LoadClient) {
        guard stage != .closing, case .idle = client.phase else { return }
        connect(client)
    }

    func checkConnectTimeouts() {
        let now = MonotonicInstant.now()
        for client in clients {
            switch client.phase {
            case .connecting, .shakingHands, .upgrading, .subscribing:
                guard now - client.connectBeganAt > Int64(plan.connectTimeoutNanoseconds) else { continue }
                ended(client, "no answer within \(HumanFormat.nanoseconds(plan.connectTimeoutNanoseconds))")
            case .closing:
                // Of those that have said goodbye by plan; at the run's end all others have until the stage's deadline.
                guard let absence = client.absence, now - absence.since > Int64(Self.closingNanoseconds) else {
                    continue
                }
                ended(client, "no end of the connection")
            case .idle, .open:
                continue
            }
        }
        if stage == .connecting, everConnectedCount + failedCount >= plan.clients { connectingEnded() }
    }

    func sayGoodbye(_ client: LoadClient) {
        switch client.phase {
        case .idle, .closing:
            break
        case .connecting, .shakingHands, .upgrading, .subscribing:
            drop(client)
        case .open where client.reading != .eager:
            // It would not read the server's answer.
            connectedCount -= 1
            drop(client, resetting: true)
        case .open:
            withdraw(client)
            client.phase = .closing
            guard !client.hasSentClose else { return }
            client.appendFrame(.close, FrameWriter.closePayload(.normal, reason: ""), key: keys.next())
            markDirty(client)
        }
    }

    /// Whether this is the first that becomes of the client.
    private func count(firstOutcomeOf client: LoadClient) -> Bool {
        defer { client.isCounted = true }
        return !client.isCounted
    }

    func count(error: String) { errors[error, default: 0] += 1 }

    /// Of kinds that are equally frequent, one and the same.
    var commonestError: String? { errors.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
}
