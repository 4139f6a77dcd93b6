/// Takes the result of a parked request back to the loop that waits for it. Any thread, once.
struct ParkingTicket<Outcome: Sendable>: Sendable {
    let number: UInt32
    let asker: UncheckedLoop

    func redeem(_ result: Outcome) {
        let (asker, number) = (asker, number)
        asker.loop.loop.execute { asker.loop.resume(number, result) }
    }
}
