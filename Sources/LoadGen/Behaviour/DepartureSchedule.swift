/// Which departure comes next, and when: churn, vanishing clients and storms in one order.
///
/// Pure; times are nanoseconds since the measured part began. Of departures at one same time a storm comes first, then
/// churn. What comes late comes all the same, so that their number depends on the plan alone.
struct DepartureSchedule {
    private var churn: ChurnSchedule?
    private var vanish: ChurnSchedule?
    private var storms: StormPlan

    init(_ plan: BehaviourPlan) {
        churn = plan.churnPerSecond.map(ChurnSchedule.init(ratePerSecond:))
        vanish = plan.vanishPerSecond.map(ChurnSchedule.init(ratePerSecond:))
        storms = StormPlan(plan.storms)
    }

    /// Nil where nobody leaves any more.
    var nextNanoseconds: UInt64? {
        [storms.nextNanoseconds, churn?.nextNanoseconds, vanish?.nextNanoseconds].compactMap { $0 }.min()
    }

    /// The next departure, if its time has come; it is then dealt with.
    mutating func take(dueAtNanoseconds elapsed: UInt64) -> Departure? {
        guard let next = nextNanoseconds, next <= elapsed else { return nil }
        if storms.nextNanoseconds == next { return storms.take().map(Departure.storm) }
        if churn?.nextNanoseconds == next {
            churn?.take()
            return .churn
        }
        vanish?.take()
        return .vanish
    }
}
