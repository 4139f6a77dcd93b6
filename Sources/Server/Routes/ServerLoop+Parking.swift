import Recording
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
        exchange.parkingNumber = number
        parked[number] = ParkedRequest(
            connection: connection, exchange: exchange,
            resume: { result in
                if let result = result as? Outcome { resume(result) }
            })
        return ParkingTicket(number: number, asker: UncheckedLoop(loop: self))
    }

    /// Ends the call for a request, where it still waits then; the result says that it took too long.
    func expectResult(of number: UInt32, from call: CallUnderWay, within nanoseconds: UInt64) {
        let deadline = MonotonicInstant.now().advanced(byNanoseconds: nanoseconds)
        parked[number]?.call = call
        parked[number]?.deadline = deadline
        watchCalls(until: deadline)
    }

    /// One timer watches all: as each call may take as long as any other, it is there for the one that comes first. So
    /// those who ask and go leave none behind.
    private func watchCalls(until deadline: MonotonicInstant) {
        guard !isWatchingCalls else { return }
        isWatchingCalls = true
        loop.schedule(timer(.parkingDeadline), at: deadline)
    }

    func endOverdueCalls() {
        isWatchingCalls = false
        var next: MonotonicInstant?
        for (number, request) in parked {
            guard let deadline = request.deadline else { continue }
            if deadline <= loop.now {
                request.call?.end()
                parked[number]?.deadline = nil
            } else {
                next = min(next ?? deadline, deadline)
            }
        }
        if let next { watchCalls(until: next) }
    }

    /// Whether it is the AI service that its request waits for.
    func awaitsCall(_ exchange: HTTPExchange) -> Bool { exchange.parkingNumber.flatMap { parked[$0]?.call } != nil }

    /// The one who asked is not there any more: nobody works for it.
    func abandon(_ exchange: HTTPExchange) {
        guard let number = exchange.parkingNumber else { return }
        parked.removeValue(forKey: number)?.call?.end()
    }

    func resume(_ number: UInt32, _ result: any Sendable) {
        // Whoever has gone has been abandoned before.
        guard let request = parked.removeValue(forKey: number) else { return }
        request.exchange.parkingNumber = nil
        request.resume(result)
    }

    /// Nobody is waited for any more.
    func abandonParked() {
        let abandoned = parked.values
        parked = [:]
        for request in abandoned {
            request.exchange.keepsAlive = false
            complete(request.connection, request.exchange, .goingDown)
        }
    }
}
