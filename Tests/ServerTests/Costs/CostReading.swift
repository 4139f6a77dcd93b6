import Glibc
import Recording
import Synchronization

@testable import Server

/// What a loop's counters said at one moment, all asked on its own thread between two turns' work.
struct CostReading {
    /// Nil in sanitizer builds, which have another allocator.
    var allocations: Int?
    var kernelEntries = 0
    var sends = 0
    /// Rounds whose time was sampled, which costs io_uring one kernel entry more.
    var timedRounds: UInt64 = 0

    static func take(_ loop: ServerLoop) -> CostReading { take(loop) {}.after }

    /// Readings directly before and after `work`, which is done on the loop's thread: no turn of the loop is in between.
    static func take(
        _ loop: ServerLoop, around work: @escaping @Sendable () -> Void
    ) -> (before: CostReading, after: CostReading) {
        let box = Box()
        let subject = UncheckedLoop(loop: loop)
        loop.loop.execute {
            box.before = CostReading(subject.loop)
            work()
            box.after = CostReading(subject.loop)
            // Release: the readings come before.
            box.isFilled.store(true, ordering: .releasing)
        }
        // Acquire: pairs with the store above.
        while !box.isFilled.load(ordering: .acquiring) { usleep(50) }
        return (box.before, box.after)
    }

    init() {}

    private init(_ server: ServerLoop) {
        allocations = Allocator.threadArenaRequestCount().map { Int($0) }
        kernelEntries = server.loop.counters.kernelEntries
        sends = server.loop.counters.sends
        timedRounds = server.figures.recentLatency.total(atSecond: server.loop.now.nanoseconds / 1_000_000_000).count
    }

    /// `@unchecked Sendable`: written once, before `isFilled` is set, read after.
    private final class Box: @unchecked Sendable {
        var before = CostReading()
        var after = CostReading()
        let isFilled = Atomic<Bool>(false)
    }
}
