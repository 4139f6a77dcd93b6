/// What a timing wheel does, told with a table that is searched as a whole.
struct TimingWheelModel {
    let tickNanoseconds: UInt64
    let startNanoseconds: UInt64
    /// When each comes up, in ticks; for one that was late already, the tick that it was set in.
    private var ticks: [Int: UInt64] = [:]
    /// The last tick that is over, apart from what is still due in it.
    private var hand: UInt64 = 0

    init(tickNanoseconds: UInt64, startNanoseconds: UInt64) {
        self.tickNanoseconds = tickNanoseconds
        self.startNanoseconds = startNanoseconds
    }

    var count: Int { ticks.count }

    mutating func set(_ index: Int, atNanoseconds deadline: UInt64) {
        // The first tick that is not before the deadline.
        var tick = deadline > startNanoseconds ? (deadline - startNanoseconds) / tickNanoseconds : 0
        if startNanoseconds + tick * tickNanoseconds < deadline { tick += 1 }
        ticks[index] = max(tick, hand)
    }

    mutating func cancel(_ index: Int) { ticks[index] = nil }

    /// Takes an index that has come up; false where it should not have, or not yet.
    mutating func fire(_ index: Int, atNanoseconds now: UInt64) -> Bool {
        guard let tick = ticks[index], tick == ticks.values.min(), tick <= lastTick(now) else { return false }
        ticks[index] = nil
        hand = max(hand, tick)
        return true
    }

    /// Nothing more has come up; false where something should have.
    mutating func settle(atNanoseconds now: UInt64) -> Bool {
        hand = max(hand, lastTick(now))
        return ticks.values.allSatisfy { $0 > hand }
    }

    private func lastTick(_ now: UInt64) -> UInt64 {
        now > startNanoseconds ? (now - startNanoseconds) / tickNanoseconds : 0
    }
}
