import Recording
import Transport

/// Clients that leave because the plan says so, and how those that are gone come back.
extension LoadLoop {
    // MARK: Departures

    /// Arranges to be called for the next departure. To be called when the measured part begins.
    func scheduleDepartures() {
        guard stage == .measuring, let next = behaviour.departures.nextNanoseconds, next < measureEnd - measureStart
        else { return }
        loop.schedule(
            TimerToken(kind: TimerKind.departure.rawValue), at: epoch.advanced(byNanoseconds: measureStart + next))
    }

    func departureTimerFired() {
        depart(nowNanoseconds)
        scheduleDepartures()
    }

    /// Lets leave who is due: at the measured part's end also those that the timer was too late for.
    func depart(_ now: UInt64) {
        guard behaviour.hasDepartures, stage == .measuring, now >= measureStart else { return }
        let elapsed = min(now, measureEnd - 1) - measureStart
        while let departure = behaviour.departures.take(dueAtNanoseconds: elapsed) { carryOut(departure) }
    }

    private func carryOut(_ departure: Departure) {
        switch departure {
        case .churn:
            guard let client = chooseOne() else { return }
            behaviour.counts.churned += 1
            churn(client)
        case .vanish:
            guard let client = chooseOne() else { return }
            behaviour.counts.vanished += 1
            vanish(client)
        case .storm(let wave):
            let candidates = behaviour.movableClients
            let chosen = ClientChoice.several(
                wave.count(ofClients: plan.clients), of: candidates, using: &behaviour.generator, where: mayLeave)
            behaviour.counts.stormed += chosen.count
            for index in chosen { vanish(clients[index]) }
        }
    }

    private func chooseOne() -> LoadClient? {
        let candidates = behaviour.movableClients
        let index = ClientChoice.one(of: candidates, using: &behaviour.generator, where: mayLeave)
        return index.map { clients[$0] }
    }

    private func mayLeave(_ index: Int) -> Bool { clients[index].isOpen && !clients[index].hasSentClose }

    /// Closes in order; the client comes back when the server has ended the connection.
    private func churn(_ client: LoadClient) {
        client.absence = ClientAbsence(cause: .churn, since: .now())
        sayGoodbye(client)
    }

    /// Drops the connection with a reset: the client's process is gone, and says nothing.
    private func vanish(_ client: LoadClient) {
        client.absence = ClientAbsence(cause: .departure, since: .now())
        connectedCount -= 1
        withdraw(client)
        drop(client, resetting: true)
        scheduleReconnect(client)
    }

    // MARK: Coming back

    /// A churned client's connection is over.
    func connectAgain(_ client: LoadClient) {
        guard stage != .closing else { return }
        // Not within the event that ended the connection: the rest of its bytes are not the next connection's.
        loop.schedule(
            TimerToken(kind: TimerKind.reconnect.rawValue, value: UInt32(client.index)), afterNanoseconds: 0)
    }

    /// The server has ended the connection of a client that wanted to stay.
    func noteDrop(_ client: LoadClient, _ reason: String) {
        let isSlowReader = client.reading != .eager
        client.absence = ClientAbsence(cause: isSlowReader ? .departure : .failure, since: .now())
        guard !isSlowReader else { return behaviour.counts.slowDisconnected += 1 }
        disconnectedCount += 1
        count(error: "disconnected: \(reason)")
    }

    /// The client's connection is upgraded: if it was away, it is back.
    func noteReturn(_ client: LoadClient) {
        guard let absence = client.absence else { return }
        client.absence = nil
        guard absence.cause != .churn else { return }
        behaviour.counts.reconnected += 1
        recorder.reconnect.record(UInt64(max(0, MonotonicInstant.now() - absence.since)))
    }

    /// Clients that are not connected, and whose absence is the plan's doing.
    var awayCount: Int {
        guard behaviour.hasDepartures || !behaviour.slowReaders.isEmpty else { return 0 }
        return clients.count { client in client.isAway && client.absence?.isPlanned == true }
    }

    // MARK: The book

    /// Expects the client to receive from now on, unless it does not read.
    func join(_ client: LoadClient) {
        guard plan.publishes, client.reading == .eager else { return }
        book.clientJoined(client.index)
    }

    /// The server has ended the connection: what the client has not received is lost.
    func leave(_ client: LoadClient) {
        guard plan.publishes, client.reading == .eager else { return }
        book.clientLeft(client.index)
    }

    /// The client leaves by itself: what it has not received it is not expected to receive any more.
    func withdraw(_ client: LoadClient) {
        guard plan.publishes, client.reading == .eager else { return }
        book.clientWithdrew(client.index)
    }
}
