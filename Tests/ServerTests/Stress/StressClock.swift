import Synchronization

/// What all threads of a stress run count together. Sequentially consistent throughout: ticks and counts are compared
/// across threads.
final class StressClock: Sendable {
    private let ticks = Atomic<Int>(0)
    private let numbers = Atomic<Int>(0)
    private let joinsBegun = Atomic<Int>(0)
    private let joinsDone = Atomic<Int>(0)
    private let leavesBegun = Atomic<Int>(0)
    private let leavesDone = Atomic<Int>(0)

    /// A moment: greater than all that were drawn before it.
    func tick() -> Int { ticks.add(1, ordering: .sequentiallyConsistent).newValue }

    /// A number for a message.
    func number() -> Int { numbers.add(1, ordering: .sequentiallyConsistent).newValue }

    func joining() { joinsBegun.add(1, ordering: .sequentiallyConsistent) }
    func joined() { joinsDone.add(1, ordering: .sequentiallyConsistent) }
    func leaving() { leavesBegun.add(1, ordering: .sequentiallyConsistent) }
    func left() { leavesDone.add(1, ordering: .sequentiallyConsistent) }

    /// Counts the server's clients; throws where the count cannot be.
    ///
    /// At least those are counted who had joined before and did not begin to leave meanwhile; at most those who had not
    /// left for certain before and began to join at all.
    func check(_ what: String, _ count: () throws -> Int) throws {
        let joined = joinsDone.load(ordering: .sequentiallyConsistent)
        let left = leavesDone.load(ordering: .sequentiallyConsistent)
        let counted = try count()
        let least = joined - leavesBegun.load(ordering: .sequentiallyConsistent)
        let most = joinsBegun.load(ordering: .sequentiallyConsistent) - left
        guard counted >= least, counted <= most else {
            throw TestFailure("\(what): \(counted) clients, which should be \(least) to \(most)")
        }
    }
}
