import Synchronization

/// The clients of one loop, as every thread may see them.
///
/// One writer, the loop's thread: joining, leaving and subscribing are a few stores, counting and iterating are loads,
/// so nobody ever waits for anybody. A slot is a socket's index in its loop. Reclamation: slots are never freed, only
/// used again, with a new generation; whoever keeps a `ClientID` compares the generation and so never takes a
/// successor for its predecessor. Memory: one word a slot and four bits, reserved for the most clients there can be
/// and touched only as far as they come.
final class ClientShard: Sendable {
    let capacity: Int
    private let loop: Int
    private let occupied: AtomicBitmap
    private let gesture: AtomicBitmap
    private let aiResponse: AtomicBitmap
    private let system: AtomicBitmap
    private let occupiedCount = Atomic<Int>(0)
    // Written by the loop's thread, read by any; the pointer never changes.
    private nonisolated(unsafe) let generations: UnsafeMutablePointer<Atomic<UInt32>>

    init(loop: Int, capacity: Int) {
        self.loop = loop
        self.capacity = capacity
        occupied = AtomicBitmap(bitCount: capacity)
        gesture = AtomicBitmap(bitCount: capacity)
        aiResponse = AtomicBitmap(bitCount: capacity)
        system = AtomicBitmap(bitCount: capacity)
        generations = ZeroedAtomics.allocate(capacity)
    }

    deinit {
        ZeroedAtomics.free(generations)
    }

    var count: Int { occupiedCount.load(ordering: .relaxed) }

    /// Loop's thread.
    func join(_ slot: Int) -> ClientID {
        // 0 stands for no client.
        let generation = max(1, generations[slot].load(ordering: .relaxed) &+ 1)
        generations[slot].store(generation, ordering: .relaxed)
        occupied.set(slot, true)
        occupiedCount.add(1, ordering: .relaxed)
        return ClientID(loop: loop, slot: slot, generation: generation)
    }

    /// Loop's thread.
    func leave(_ slot: Int) {
        subscribe(slot, [])
        occupied.set(slot, false)
        occupiedCount.subtract(1, ordering: .relaxed)
    }

    /// Loop's thread.
    func subscribe(_ slot: Int, _ channels: ChannelSet) {
        gesture.set(slot, channels.contains(.gesture))
        aiResponse.set(slot, channels.contains(.aiResponse))
        system.set(slot, channels.contains(.system))
    }

    /// How many clients subscribed to `channel`. Any thread.
    func subscriberCount(_ channel: Channel) -> Int {
        switch channel {
        case .gesture: population(gesture)
        case .aiResponse: population(aiResponse)
        case .system: population(system)
        }
    }

    /// Whether this very client is still connected. Any thread.
    func contains(_ id: ClientID) -> Bool {
        guard id.slot < capacity else { return false }
        let isOccupied = occupied.word(id.slot >> 6) & (1 << UInt64(id.slot & 63)) != 0
        return isOccupied && generations[id.slot].load(ordering: .relaxed) == id.generation
    }

    /// Calls `body` for each client that is connected throughout the call; one that comes or goes meanwhile may be
    /// among them or not. Any thread.
    func forEach(_ body: (ClientID) -> Void) {
        for word in 0..<occupied.wordCount {
            var bits = occupied.word(word)
            while bits != 0 {
                let slot = word * 64 + bits.trailingZeroBitCount
                bits &= bits - 1
                body(ClientID(loop: loop, slot: slot, generation: generations[slot].load(ordering: .relaxed)))
            }
        }
    }

    private func population(_ channel: borrowing AtomicBitmap) -> Int {
        var total = 0
        for word in 0..<occupied.wordCount {
            total += (occupied.word(word) & channel.word(word)).nonzeroBitCount
        }
        return total
    }
}
