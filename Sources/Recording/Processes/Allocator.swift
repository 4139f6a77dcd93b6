/// What the allocator has done, from jemalloc's own counters.
///
/// All figures are nil where jemalloc is left out (sanitizer builds) or built without statistics. Asking
/// allocates nothing and so does not count itself. It takes 0.5 to 10 µs: for once a slice, not once a
/// message.
package enum Allocator {
    /// Bytes that the calling thread has ever allocated; exact at any moment.
    package static func threadAllocatedBytes() -> UInt64? {
        Mallctl.read("thread.allocated", as: UInt64.self)
    }

    /// Bytes that the program holds now, over all threads, in the allocator's sizes; what threads keep in their caches
    /// counts among them.
    package static func allocatedBytes() -> UInt64? {
        guard refreshStatistics() else { return nil }
        return Mallctl.read("stats.allocated", as: Int.self).map { UInt64(clamping: $0) }
    }

    /// Bytes of memory that the allocator has mapped and touched, over all threads.
    package static func residentBytes() -> UInt64? {
        guard refreshStatistics() else { return nil }
        return Mallctl.read("stats.resident", as: Int.self).map { UInt64(clamping: $0) }
    }

    /// Gives the calling thread an arena of its own, so that `threadArenaRequestCount()` counts it alone;
    /// true when that worked. The arena stays for the life of the process: call it once a thread.
    @discardableResult
    package static func bindThreadArena() -> Bool {
        guard let arena = Mallctl.read("arenas.create", as: UInt32.self) else { return false }
        return Mallctl.write("thread.arena", arena)
    }

    /// Allocations ever requested from the calling thread's arena. The difference of two calls is the exact
    /// number in between after `bindThreadArena()`; without it, other threads' count as well.
    ///
    /// Empties the thread's cache, since requests met from it reach the statistics only then; what follows is
    /// slower until the cache is warm again.
    package static func threadArenaRequestCount() -> UInt64? {
        guard Mallctl.command("thread.tcache.flush"), refreshStatistics(),
            let arena = Mallctl.read("thread.arena", as: UInt32.self),
            let small = Mallctl.read("stats.arenas.0.small.nrequests", ofArena: arena),
            let large = Mallctl.read("stats.arenas.0.large.nrequests", ofArena: arena)
        else { return nil }
        return small &+ large
    }

    /// jemalloc's statistics are a snapshot, which writing to `epoch` renews.
    private static func refreshStatistics() -> Bool {
        Mallctl.write("epoch", UInt64(1))
    }
}
