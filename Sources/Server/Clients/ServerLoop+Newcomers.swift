import Recording
import Transport

/// How many connections there may be that nobody is served on.
extension ServerLoop {
    /// Whoever has been here for less is not given up for want of a descriptor: what it asks for is on its way.
    private static let newcomerPatienceNanoseconds: Int64 = 100_000_000

    /// Who opens connections and says nothing pushes out its own, not those that are quick: a handshake takes
    /// milliseconds, and it is the longest under way that goes.
    func bound(newcomer: Connection) {
        newcomers.insert(newcomer)
        while isCrowded, let oldest = newcomers.oldest() { giveUp(oldest) }
    }

    private var isCrowded: Bool {
        newcomers.count > Newcomers.limit
            || (newcomers.count > Newcomers.guaranteed && shared.connectionCount > shared.connectionLimit)
    }

    /// No descriptor is left: the oldest newcomer, of this loop or else of the others, gives up its own.
    func makeRoom() {
        guard !giveUpOldestNewcomer() else { return }
        for colleague in colleagues where colleague.loop !== self { colleague.giveUpOldestNewcomer() }
    }

    /// Whether there was one.
    @discardableResult
    func giveUpOldestNewcomer() -> Bool {
        guard let oldest = newcomers.oldest(), loop.now - oldest.acceptedAt >= Self.newcomerPatienceNanoseconds else {
            return false
        }
        giveUp(oldest)
        return true
    }
}
