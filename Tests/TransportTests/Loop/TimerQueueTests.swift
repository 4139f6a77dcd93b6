import Testing

@testable import Transport

@Suite("TimerQueue")
struct TimerQueueTests {
    @Test("an empty queue has nothing due, now or ever")
    func empty() {
        var queue = TimerQueue()
        #expect(queue.earliestNanoseconds == nil)
        #expect(queue.popDue(atNanoseconds: .max) == nil)
    }

    @Test("a timer is due at its deadline and not a nanosecond before")
    func deadlineIsInclusive() {
        var queue = TimerQueue()
        queue.insert(TimerToken(kind: 7), atNanoseconds: 100)
        #expect(queue.earliestNanoseconds == 100)
        #expect(queue.popDue(atNanoseconds: 99) == nil)
        #expect(queue.popDue(atNanoseconds: 100) == TimerToken(kind: 7))
        #expect(queue.popDue(atNanoseconds: 100) == nil)
    }

    @Test(
        "timers come in the order of their deadlines, equal ones in the order of insertion",
        arguments: 1...8 as ClosedRange<UInt64>)
    func orderMatchesStableSort(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var queue = TimerQueue()
        var waiting: [(deadline: UInt64, token: TimerToken)] = []
        var now: UInt64 = 0
        for number in 0..<2_000 as Range<UInt32> {
            let deadline = now + UInt64.random(in: 0..<20, using: &generator)
            queue.insert(TimerToken(kind: number), atNanoseconds: deadline)
            waiting.append((deadline, TimerToken(kind: number)))
            guard generator.next() % 3 == 0 else { continue }
            now += UInt64.random(in: 0..<10, using: &generator)
            // `sort` of the standard library is stable.
            let due = waiting.filter { $0.deadline <= now }.sorted { $0.deadline < $1.deadline }
            waiting.removeAll { $0.deadline <= now }
            for expected in due { #expect(queue.popDue(atNanoseconds: now) == expected.token) }
            #expect(queue.popDue(atNanoseconds: now) == nil)
            #expect(queue.earliestNanoseconds == waiting.map(\.deadline).min())
        }
    }
}
