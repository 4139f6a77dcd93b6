/// What a `TruthServer` does to what it relays; by itself it relays every message to every client, the sender included.
///
/// Messages are numbered from 1 in the order in which they come, connections from 0 in the order in which they are
/// accepted.
struct TruthPlan: Sendable {
    /// Between a message's arrival and its deliveries.
    var delayNanoseconds: UInt64 = 0
    var freeze: TruthFreeze?
    /// What befalls the messages whose number is a multiple of `every`.
    var fault: TruthFault?
    var every = 7
    var reach = TruthReach.everybody
    var wire = TruthWire.frames
    var ending: TruthEnding?
    /// What connections get from number `refusesFrom` on.
    var refusal = TruthRefusal.silence
    var refusesFrom = Int.max
    var answersClose = true

    /// Of so many messages, those that the fault befalls.
    func faultyMessages(of count: Int) -> Int { fault == nil ? 0 : count / every }

    func isFaulty(_ number: Int) -> Bool { fault != nil && number % every == 0 }
}
