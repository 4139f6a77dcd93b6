import Recording

/// The decision whether the generator kept up, or was itself what the run measured.
///
/// Pure; the limits are those of the contract.
struct SaturationCheck {
    static let scheduleLagLimitNanoseconds: UInt64 = 1_000_000
    static let receiveDelayLimitNanoseconds: UInt64 = 10_000_000
    static let publishedShareLimit = 0.99
    static let busyLimit = 0.9
    static let waitingLimit = 0.05
    /// With fewer stamped reads their p99 is one of them.
    static let receiveQueueLeastCount: UInt64 = 100

    var isClosedLoop: Bool
    var scheduleLagP99Nanoseconds: UInt64
    var latencyP50Nanoseconds: UInt64
    var published: UInt64
    var intended: UInt64
    var busyFraction: Double
    var waitingFraction: Double
    /// What the loop's turns let expect, at the most.
    var receiveDelayP99Nanoseconds: UInt64
    /// What the kernel's stamps say; nil where there are none or too few. The longer of the two counts: stamps are of
    /// reads with one message only, which a long queue does not give, and a loop without a core does not see its wait.
    var receiveQueueP99Nanoseconds: UInt64?

    /// In a closed loop the next message waits for the last, so a busy generator merely sets the pace.
    var isGeneratorBound: Bool { isClosedLoop && busyFraction > Self.busyLimit }

    /// Why the run says little about the server; empty where it does.
    var reasons: [String] {
        var reasons: [String] = []
        let lagLimit = max(Self.scheduleLagLimitNanoseconds, latencyP50Nanoseconds / 10)
        if !isClosedLoop, scheduleLagP99Nanoseconds > lagLimit {
            let lag = HumanFormat.nanoseconds(scheduleLagP99Nanoseconds)
            reasons.append("schedule lag p99 \(lag), limit \(HumanFormat.nanoseconds(lagLimit))")
        }
        if !isClosedLoop, Double(published) < Double(intended) * Self.publishedShareLimit {
            reasons.append("published \(published) of \(intended) intended messages, limit 99 %")
        }
        if !isClosedLoop, busyFraction > Self.busyLimit {
            reasons.append("generator thread busy \(HumanFormat.percent(busyFraction)) of a core, limit 90 %")
        }
        if waitingFraction > Self.waitingLimit {
            reasons.append(
                "generator thread waited for a core \(HumanFormat.percent(waitingFraction)) of the run, limit 5 %")
        }
        let receiveDelay = max(receiveDelayP99Nanoseconds, receiveQueueP99Nanoseconds ?? 0)
        if receiveDelay > Self.receiveDelayLimitNanoseconds {
            let delay = HumanFormat.nanoseconds(receiveDelay)
            reasons.append("receive queues emptied within \(delay) at p99, limit 10 ms")
        }
        return reasons
    }
}
