import HeapModule

/// Timers in the order in which they are due, equal deadlines in the order in which they were set.
///
/// Pure: time is an argument. Insertion and removal of the earliest are O(log n). Timers are not cancelled; a handler
/// ignores one that no longer matters. Long periods for every client belong into a periodic scan, not in here.
package struct TimerQueue {
    private struct Entry: Comparable {
        let deadlineNanoseconds: UInt64
        let order: UInt64
        let token: TimerToken

        static func < (left: Entry, right: Entry) -> Bool {
            (left.deadlineNanoseconds, left.order) < (right.deadlineNanoseconds, right.order)
        }
    }

    private var heap = Heap<Entry>()
    private var nextOrder: UInt64 = 0

    package init() {}

    package var earliestNanoseconds: UInt64? { heap.min?.deadlineNanoseconds }

    package mutating func insert(_ token: TimerToken, atNanoseconds deadline: UInt64) {
        heap.insert(Entry(deadlineNanoseconds: deadline, order: nextOrder, token: token))
        nextOrder &+= 1
    }

    /// Removes and returns the earliest timer that is due at `now`.
    package mutating func popDue(atNanoseconds now: UInt64) -> TimerToken? {
        guard let first = heap.min, first.deadlineNanoseconds <= now else { return nil }
        return heap.removeMin().token
    }
}
