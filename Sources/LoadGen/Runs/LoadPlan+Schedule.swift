import Recording

extension LoadPlan {
    /// So that gaps and the run's other choices are not drawn from one same sequence.
    private static let scheduleSeedMask: UInt64 = 0x6172_7269_7661_6c73

    /// The schedule of warm-up and measured part, from its beginning; nil in a closed loop, and where nothing is
    /// published. The same each time.
    func schedule() -> Schedule? {
        guard publishes else { return nil }
        switch arrival {
        case .open(let ratePerSecond):
            return .constant(ConstantPacer(ratePerSecond: ratePerSecond))
        case .poisson(let ratePerSecond):
            return .poisson(poisson(RateProfile(ratePerSecond: ratePerSecond)))
        case .stages(let stages, let process):
            let profile = RateProfile(warmupNanoseconds: warmupNanoseconds, stages: stages)
            switch process {
            case .constant: return .stages(StagedPacer(profile: profile))
            case .poisson: return .poisson(poisson(profile))
            }
        case .closed:
            return nil
        }
    }

    private func poisson(_ profile: RateProfile) -> PoissonPacer {
        PoissonPacer(profile: profile, seed: seed ^ Self.scheduleSeedMask)
    }

    /// What of the plan's record is about arrival and groups.
    func recordArrival(in record: inout RunPlanRecord) {
        if !groups.isEmpty { record.groups = groups.record }
        guard publishes else { return }
        switch arrival {
        case .open:
            break
        case .poisson:
            record.arrival = ArrivalProcess.poisson.rawValue
        case .stages(let stages, let process):
            record.arrival = process == .poisson ? process.rawValue : nil
            record.stages = stages.map(\.expression)
        case .closed:
            record.thinkTime = thinkTime?.expression
        }
    }
}
