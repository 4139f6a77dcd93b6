/// Which connection's waiting bytes are looked at next: chance decides, a few times a tick, so that each has its turn.
///
/// One connection at a time, so that a read costs one comparison. It is looked at when it is read next; if nothing
/// comes on it, another one is chosen at the next tick. Pure: all randomness comes from the seed.
struct BacklogSample {
    static let readsPerTick = 4

    private let clientCount: Int
    private var generator: SeededGenerator
    private var left = 0
    /// The connection to look at; nil for none until the next tick.
    private(set) var client: Int?

    /// - Parameter clientCount: 1 or more.
    init(clientCount: Int, seed: UInt64) {
        self.clientCount = clientCount
        generator = SeededGenerator(seed: seed)
    }

    mutating func tick(isMeasuring: Bool) {
        left = isMeasuring ? Self.readsPerTick : 0
        choose()
    }

    /// The connection was looked at.
    mutating func taken() {
        left -= 1
        choose()
    }

    private mutating func choose() {
        client = left > 0 ? Int.random(in: 0..<clientCount, using: &generator) : nil
    }
}
