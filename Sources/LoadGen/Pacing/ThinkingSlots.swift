/// The slots of a closed loop whose clients think: each has a message outstanding, or thinks, or may send the next.
///
/// Pure: that a message is over shows in the number that is outstanding, and when a wait ends is told. Slots that do
/// the same are not told apart, so it is two numbers.
package struct ThinkingSlots: Sendable {
    private var busyCount = 0
    private var thinkingCount = 0

    package init() {}

    /// How many slots begin to think, as their messages are no longer outstanding: complete, or given up.
    ///
    /// - Parameter outstandingCount: messages outstanding now.
    package mutating func settle(outstandingCount: Int) -> Int {
        let overCount = max(0, busyCount - outstandingCount)
        busyCount -= overCount
        thinkingCount += overCount
        return overCount
    }

    /// One slot has thought long enough.
    package mutating func wake() {
        precondition(thinkingCount > 0, "no slot thinks")
        thinkingCount -= 1
    }

    /// One slot has sent a message.
    package mutating func send() { busyCount += 1 }

    /// Whether one of so many slots may send.
    package func hasReady(of slotCount: Int) -> Bool { busyCount + thinkingCount < slotCount }
}
