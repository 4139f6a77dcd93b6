import Recording
import Transport

/// The closed loop of clients that think before they go on.
extension LoadLoop {
    /// Lets slots whose messages are over think, and those that have thought send.
    ///
    /// A wait begins with the turn's end in which the last delivery came.
    func pumpThinking(_ thinkTime: ThinkTime, slotCount: Int, _ now: UInt64) {
        for _ in 0..<thinking.settle(outstandingCount: book.outstandingCount) {
            let wait = thinkTime.nanoseconds(using: &generator)
            loop.schedule(TimerToken(kind: TimerKind.think.rawValue), at: epoch.advanced(byNanoseconds: now + wait))
        }
        while thinking.hasReady(of: slotCount), publish(intendedNanoseconds: nil) { thinking.send() }
    }
}
