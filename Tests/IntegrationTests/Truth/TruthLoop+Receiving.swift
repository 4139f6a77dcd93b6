import Recording
import WebSocketWire

/// What clients send: upgrades, messages, pongs, close frames.
extension TruthLoop {
    func receive(_ connection: TruthConnection, _ bytes: UnsafeMutableRawBufferPointer, at now: MonotonicInstant) {
        var offset = 0
        if connection.phase == .upgrading { upgrade(connection, UnsafeRawBufferPointer(bytes), &offset) }
        do throws(ProtocolViolation) {
            while connection.phase == .open || connection.phase == .closing,
                let event = try connection.frames.next(in: bytes, at: &offset)
            {
                receive(connection, event, bytes, at: now)
            }
        } catch {
            record.violations.append(error.details)
            drop(connection)
        }
    }

    private func upgrade(_ connection: TruthConnection, _ bytes: UnsafeRawBufferPointer, _ offset: inout Int) {
        do {
            guard let request = try connection.request.next(in: bytes, at: &offset) else { return }
            let upgrade = try ServerUpgrade.validate(request)
            guard connection.index < plan.refusesFrom else { return refuse(connection) }
            connection.socket.send(upgrade.response(subprotocol: nil))
            connection.phase = .open
            record.upgraded += 1
        } catch {
            record.violations.append("\(error)")
            drop(connection)
        }
    }

    private func refuse(_ connection: TruthConnection) {
        record.refused += 1
        connection.phase = .silent
        guard let answer = plan.refusal.answer else { return }
        connection.socket.send(answer)
        drop(connection)
    }

    private func receive(
        _ connection: TruthConnection, _ event: FrameEvent, _ bytes: UnsafeMutableRawBufferPointer,
        at now: MonotonicInstant
    ) {
        switch event {
        case .message(let kind, let range, _):
            arrived(kind, Array(bytes[range]), on: connection, at: now)
        case .part(let kind, let range, _, let isLast, _):
            connection.assembled.append(contentsOf: bytes[range])
            guard isLast else { return }
            let message = connection.assembled
            connection.assembled = []
            arrived(kind, message, on: connection, at: now)
        case .ping:
            connection.send(.pong, connection.frames.controlPayload)
        case .pong:
            guard connection.unansweredPings.first == connection.frames.controlPayload else {
                record.violations.append("a pong that answers no ping, or not in order")
                return
            }
            connection.unansweredPings.removeFirst()
            record.pongs += 1
        case .close(let code):
            record.closes += 1
            connection.phase = .closing
            guard plan.answersClose else { return }
            connection.sendClose(FrameWriter.closePayload(code, reason: ""))
            drop(connection)
        }
    }

    private func arrived(
        _ kind: MessageKind, _ payload: [UInt8], on connection: TruthConnection, at now: MonotonicInstant
    ) {
        record.messages += 1
        let message = TruthMessage(
            number: record.messages, kind: kind, payload: payload, sender: connection.index, arrivedAt: now,
            dueAt: now.advanced(byNanoseconds: plan.delayNanoseconds))
        if let freeze = plan.freeze, freeze.atMessage == message.number {
            sleep(until: now.advanced(byNanoseconds: freeze.nanoseconds))
        }
        if plan.delayNanoseconds == 0 { relay(message) } else { waiting.append(message) }
    }
}
