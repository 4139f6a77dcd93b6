import Transport

/// Requests that wait for other threads: the loop goes on, and what the client sends meanwhile waits behind its
/// request.
extension ServerLoop {
    /// Parks a request; nil, with an answer to it, when the server is going down: loops that have ended tell nothing.
    ///
    /// - Parameter resume: called with the result on this loop's thread, unless the client has gone.
    func park<Outcome: Sendable>(
        _ connection: Connection, _ exchange: HTTPExchange, resume: @escaping (Outcome) -> Void
    ) -> ParkingTicket<Outcome>? {
        guard !isDraining else {
            respond(connection, exchange, .goingDown)
            return nil
        }
        let number = nextParkingNumber
        nextParkingNumber &+= 1
        exchange.awaitsAnswer = true
        parked[number] = ParkedRequest(
            connection: connection, exchange: exchange,
            resume: { result in
                if let result = result as? Outcome { resume(result) }
            })
        return ParkingTicket(number: number, asker: UncheckedLoop(loop: self))
    }

    /// Ends what is worked out for a request, where it still waits then; the result says that it took too long.
    func expectResult(of number: UInt32, within nanoseconds: UInt64, else expire: @escaping () -> Void) {
        parked[number]?.expire = expire
        loop.schedule(
            TimerToken(kind: TimerKind.parkingDeadline.rawValue, value: number), afterNanoseconds: nanoseconds)
    }

    func resume(_ number: UInt32, _ result: any Sendable) {
        guard let request = parked.removeValue(forKey: number), isWaiting(request) else { return }
        request.resume(result)
    }

    /// Nobody is waited for any more.
    func abandonParked() {
        let abandoned = parked.values
        parked = [:]
        for request in abandoned where isWaiting(request) {
            request.exchange.keepsAlive = false
            complete(request.connection, request.exchange, .goingDown)
        }
    }

    private func isWaiting(_ request: ParkedRequest) -> Bool {
        guard !request.connection.isGone, case .http = request.connection.phase else { return false }
        return true
    }
}
