import Recording

/// One deadline for each of many indices (those of sockets), most of which are moved or cancelled before they come.
///
/// A hashed timing wheel (Varghese and Lauck, "Hashed and hierarchical timing wheels", SOSP 1987, scheme 6): time goes
/// in ticks, and each slot lists those indices whose tick falls on it; what is more than one revolution away stays in
/// its slot and is looked at once a revolution.
///
/// An index comes up when its deadline has come and never before, less than one tick later (where `popDue` is called
/// each tick), and once only; earlier ticks first, in any order within one.
///
/// Pure: time is an argument. Belongs to one thread. Setting and cancelling are O(1), a tick costs what stands in its
/// slot. 16 bytes an index up to the highest that was set; nothing is allocated once that one has been.
package struct TimingWheel {
    /// A place in a doubly linked list.
    private struct Entry {
        static let unset = Entry(next: TimingWheel.nowhere, previous: TimingWheel.unlisted, deadlineTick: 0)

        var next: Int32
        var previous: Int32
        var deadlineTick: UInt64

        var isSet: Bool { previous != TimingWheel.unlisted }
    }

    private struct List {
        var first = TimingWheel.nowhere
        var last = TimingWheel.nowhere
    }

    /// Instead of an index, at both ends of a list.
    private static let nowhere: Int32 = -1
    /// Instead of the previous index, where there is no deadline.
    private static let unlisted: Int32 = -2

    package let tickNanoseconds: UInt64
    /// How many indices have a deadline.
    package private(set) var count = 0

    private let startNanoseconds: UInt64
    private let slotCount: UInt64
    private var entries: [Entry] = []
    /// The slots, and behind them the list of what is due: all with a deadline at `hand` or before, and no others.
    private var lists: [List]
    /// The tick that was looked at last, counted from the start.
    private var hand: UInt64 = 0

    /// - Parameters:
    ///   - tickNanoseconds: at least 1.
    ///   - slotCount: at least 1; ticks in a revolution, best as many as most deadlines are away.
    ///   - start: not later than any call to come.
    package init(tickNanoseconds: UInt64, slotCount: Int, startingAt start: MonotonicInstant) {
        precondition(tickNanoseconds > 0 && slotCount > 0, "a wheel needs a tick and a slot")
        self.tickNanoseconds = tickNanoseconds
        self.slotCount = UInt64(slotCount)
        startNanoseconds = start.nanoseconds
        lists = [List](repeating: List(), count: slotCount + 1)
    }

    package var isEmpty: Bool { count == 0 }

    /// When to call `popDue` next, on the monotonic clock: the coming tick, or one that has passed where something is
    /// due already; nil where no deadline is set.
    package var nextTickNanoseconds: UInt64? {
        guard count > 0 else { return nil }
        let isDue = lists[dueList].first != Self.nowhere
        return startNanoseconds &+ (isDue ? hand : hand &+ 1) &* tickNanoseconds
    }

    /// Gives an index a deadline, in the place of the one it may have. One that has passed is due at once.
    ///
    /// - Parameter index: from 0 on, below 2^31.
    package mutating func set(_ index: Int, at deadline: MonotonicInstant) {
        let tick = tickNotBefore(deadline)
        if index >= entries.count {
            entries.append(contentsOf: repeatElement(Entry.unset, count: index + 1 - entries.count))
        }
        if entries[index].isSet {
            // A client that is heard of all the time is moved once a tick.
            guard entries[index].deadlineTick != tick else { return }
            unlink(index, from: list(ofTick: entries[index].deadlineTick))
        } else {
            count += 1
        }
        entries[index].deadlineTick = tick
        append(index, to: list(ofTick: tick))
    }

    /// Takes an index's deadline away, if it has one.
    package mutating func cancel(_ index: Int) {
        guard index < entries.count, entries[index].isSet else { return }
        remove(index)
    }

    /// Removes and returns an index whose deadline has come at `now`: to be called until there is none. Deadlines may
    /// be set and cancelled between two calls.
    ///
    /// - Parameter now: not earlier than at the call before.
    package mutating func popDue(at now: MonotonicInstant) -> Int? {
        let target = tickNotAfter(now)
        var idleTicks: UInt64 = 0
        while lists[dueList].first == Self.nowhere {
            guard hand < target else { return nil }
            if count == 0 {
                hand = target
            } else if idleTicks == slotCount {
                // Nothing in a whole revolution. Time has made a leap, so the empty ticks are left out.
                hand = min(target, earliestTick() - 1)
                idleTicks = 0
            } else {
                hand += 1
                idleTicks += 1
                collectDue()
            }
        }
        let index = Int(lists[dueList].first)
        remove(index)
        return index
    }

    // MARK: Ticks

    /// The first tick that is not before an instant.
    private func tickNotBefore(_ instant: MonotonicInstant) -> UInt64 {
        guard instant.nanoseconds > startNanoseconds else { return 0 }
        let (ticks, rest) = (instant.nanoseconds - startNanoseconds)
            .quotientAndRemainder(dividingBy: tickNanoseconds)
        return rest == 0 ? ticks : ticks + 1
    }

    /// The last tick that is not after an instant.
    private func tickNotAfter(_ instant: MonotonicInstant) -> UInt64 {
        guard instant.nanoseconds > startNanoseconds else { return 0 }
        return (instant.nanoseconds - startNanoseconds) / tickNanoseconds
    }

    /// Of all deadlines, of which nothing is due: after `hand`.
    private func earliestTick() -> UInt64 {
        var earliest = UInt64.max
        for entry in entries where entry.isSet { earliest = min(earliest, entry.deadlineTick) }
        return earliest
    }

    // MARK: Lists

    private var dueList: Int { lists.count - 1 }

    private func slot(ofTick tick: UInt64) -> Int { Int(tick % slotCount) }

    private func list(ofTick tick: UInt64) -> Int { tick <= hand ? dueList : slot(ofTick: tick) }

    /// Moves what is due at `hand`, and not a revolution or more later, from its slot.
    private mutating func collectDue() {
        let slot = slot(ofTick: hand)
        var place = lists[slot].first
        while place != Self.nowhere {
            let index = Int(place)
            place = entries[index].next
            guard entries[index].deadlineTick == hand else { continue }
            unlink(index, from: slot)
            append(index, to: dueList)
        }
    }

    private mutating func remove(_ index: Int) {
        unlink(index, from: list(ofTick: entries[index].deadlineTick))
        entries[index].previous = Self.unlisted
        count -= 1
    }

    private mutating func append(_ index: Int, to list: Int) {
        let place = Int32(index)
        let last = lists[list].last
        entries[index].previous = last
        entries[index].next = Self.nowhere
        if last == Self.nowhere { lists[list].first = place } else { entries[Int(last)].next = place }
        lists[list].last = place
    }

    private mutating func unlink(_ index: Int, from list: Int) {
        let previous = entries[index].previous
        let next = entries[index].next
        if previous == Self.nowhere { lists[list].first = next } else { entries[Int(previous)].next = next }
        if next == Self.nowhere { lists[list].last = previous } else { entries[Int(next)].previous = previous }
    }
}
