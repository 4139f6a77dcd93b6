import Synchronization

/// A count that one thread adds to and any thread reads.
///
/// Adding is a load and a store: with one writer nothing can come in between, and an atomic addition, which locks the
/// cache line, buys nothing. Relaxed: the figure stands for itself.
struct SingleWriterCounter: ~Copyable, Sendable {
    private let value = Atomic<UInt64>(0)

    /// The one writing thread only. Wraps.
    func add(_ amount: UInt64) { value.store(value.load(ordering: .relaxed) &+ amount, ordering: .relaxed) }

    /// The one writing thread only. Wraps.
    func subtract(_ amount: UInt64) { value.store(value.load(ordering: .relaxed) &- amount, ordering: .relaxed) }

    /// Any thread.
    var current: UInt64 { value.load(ordering: .relaxed) }
}
