import Recording

/// Allocations of one loop's thread, less those that it makes for its own reports: else a long answer would be counted
/// among the work of the next one.
///
/// Loop's thread only, after `Allocator.bindThreadArena()`. Each reading empties the thread's cache.
struct AllocationMeter {
    /// Nil where the allocator does not count.
    struct Reading {
        let count: UInt64?
        let bytes: UInt64?

        static func now() -> Reading {
            Reading(count: Allocator.threadArenaRequestCount(), bytes: Allocator.threadAllocatedBytes())
        }
    }

    private var excludedCount: UInt64 = 0
    private var excludedBytes: UInt64 = 0

    /// What of a reading counts.
    func counted(_ reading: Reading) -> Reading {
        Reading(
            count: reading.count.map { $0 &- excludedCount }, bytes: reading.bytes.map { $0 &- excludedBytes })
    }

    /// What was allocated since `start`, up to now, counts no more.
    mutating func exclude(since start: Reading) {
        let end = Reading.now()
        if let from = start.count, let to = end.count { excludedCount &+= to &- from }
        if let from = start.bytes, let to = end.bytes { excludedBytes &+= to &- from }
    }
}
