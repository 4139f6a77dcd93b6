import Recording
import WebSocketWire

/// What becomes of a message that is due.
extension TruthLoop {
    func relay(_ message: TruthMessage) {
        guard let fault = plan.fault, plan.isFaulty(message.number) else {
            return deliver(message)
        }
        guard let falsified = message.falsified(fault) else {
            record.violations.append("message \(message.number) has nothing to lie about")
            return
        }
        record.faultyMessages += 1
        switch fault {
        case .dropForAll:
            break
        case .dropForOne:
            let victim = victim(of: message)
            deliver(message) { $0 !== victim }
        case .duplicate:
            deliver(message)
            deliver(message)
        case .swapWithNext:
            held = message
        case .alter, .truncate, .foreignRun, .unpublishedSequence:
            deliver(falsified)
        case .ping:
            deliver(message)
            for connection in receivers { ping(connection, Array("message \(message.number)".utf8)) }
        }
    }

    /// Delivers a message as it is, and the one that has waited for it.
    private func deliver(_ message: TruthMessage, to isReceiver: (TruthConnection) -> Bool = { _ in true }) {
        var victim: TruthConnection?
        if let ending = plan.ending, ending.atMessage == message.number {
            victim = self.victim(of: message)
            if let victim { end(victim, ending.manner) }
        }
        gathered.append(message)
        if gathered.count >= plan.wire.messagesPerWrite {
            let messages = gathered
            gathered = []
            for connection in receivers where connection !== victim && isReceiver(connection) {
                handOver(messages, to: connection)
            }
        }
        if let overtaken = held {
            held = nil
            deliver(overtaken)
        }
    }

    /// Those that are upgraded, in the order of their numbers.
    private var receivers: [TruthConnection] {
        connections.values.filter { $0.phase == .open }.sorted { $0.index < $1.index }
    }

    /// The youngest client that is not the sender.
    private func victim(of message: TruthMessage) -> TruthConnection? {
        receivers.last { $0.index != message.sender }
    }

    private func handOver(_ messages: [TruthMessage], to connection: TruthConnection) {
        var bytes: [UInt8] = []
        for message in messages where plan.reach.includes(connection.index, sender: message.sender) {
            bytes += plan.wire.encoded(message.kind, message.payload)
            for _ in 0..<plan.wire.pingsPerMessage { note(ping: TruthWire.pingPayload, to: connection) }
            record.deliveries += 1
            let applied = MonotonicInstant.now() - message.arrivedAt
            record.appliedNanoseconds.append(UInt64(max(0, applied)))
        }
        for piece in plan.wire.writes(bytes) where !piece.isEmpty { connection.socket.send(piece) }
    }

    private func ping(_ connection: TruthConnection, _ payload: [UInt8]) {
        note(ping: payload, to: connection)
        connection.send(.ping, payload)
    }

    private func note(ping payload: [UInt8], to connection: TruthConnection) {
        connection.unansweredPings.append(payload)
        record.pings += 1
    }

    private func end(_ connection: TruthConnection, _ manner: TruthEnding.Manner) {
        record.ended += 1
        switch manner {
        case .closeFrame(let code):
            // The client answers with a close frame, upon which the connection is dropped.
            connection.sendClose(FrameWriter.closePayload(code ?? .noStatus, reason: ""))
        case .endOfStream:
            drop(connection)
        case .reset:
            forget(connection)
            connection.socket.reset()
        }
    }
}
