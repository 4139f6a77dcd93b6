import CSystem
import Glibc
import Synchronization

/// Wakes a loop from other threads: an eventfd for one that sleeps, two flags so that one that is awake costs nothing.
///
/// `isPending` is set by a waker and taken by the loop; `isSleeping` is set by the loop before it may block. Each side
/// writes its own flag and then reads the other's, so both need one order for all threads (sequential consistency):
/// with less, both could read the old value and the wake-up would be lost.
final class WakeSignal: Sendable {
    let descriptor: Int32
    private let isPending = Atomic<Bool>(false)
    private let isSleeping = Atomic<Bool>(false)

    init() throws(SystemError) {
        descriptor = eventfd(0, system_eventfd_flags)
        guard descriptor >= 0 else { throw SystemError("eventfd") }
    }

    deinit { close(descriptor) }

    /// From any thread.
    func wake() {
        let wasPending = isPending.exchange(true, ordering: .sequentiallyConsistent)
        guard !wasPending, isSleeping.load(ordering: .sequentiallyConsistent) else { return }
        var one: UInt64 = 1
        // An eventfd only refuses when its counter is full, and then the loop wakes anyway.
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Loop's thread, before it blocks: false where somebody has called already, so that it must not block.
    func prepareToSleep() -> Bool {
        isSleeping.store(true, ordering: .sequentiallyConsistent)
        return !isPending.load(ordering: .sequentiallyConsistent)
    }

    /// Loop's thread, after it may have blocked: whether somebody called.
    func wakeUp() -> Bool {
        isSleeping.store(false, ordering: .sequentiallyConsistent)
        // Acquires what the waker wrote before it called.
        return isPending.exchange(false, ordering: .sequentiallyConsistent)
    }

    /// Loop's thread: the eventfd was readable.
    func clear() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
