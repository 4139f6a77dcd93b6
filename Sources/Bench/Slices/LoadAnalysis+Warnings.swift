import Recording

extension LoadAnalysis {
    /// The generator has one core; above this share of it, it sets the pace.
    private static let busyLimit = 0.9
    /// How much more one arm may send together than another before their CPU per delivery says something else.
    private static let coalescingLimit = 1.25
    /// Below this share of its CPU, what `ksoftirqd` does for an arm changes no figure.
    private static let softirqLimit = 0.005
    /// The fewest for an interval of 95 % by signed ranks.
    private static let fewestSets = 6

    static func warnings(_ arms: [ArmAnalysis]) -> [ComparisonWarning] {
        guard let first = arms.first else { return [] }
        var found = arms.flatMap { warnings($0) + warnings($0, against: first) }
        let counts = arms.compactMap(\.againstFirst).filter(\.isConclusive).compactMap {
            $0.serverCPUPerDelivery?.setRatios.count
        }
        if let fewest = counts.min(), fewest < fewestSets {
            found.append(
                ComparisonWarning(.fewSets, "too few sets for an interval: \(fewest), it takes \(fewestSets)"))
        }
        return found
    }

    /// What an arm's own figures say.
    private static func warnings(_ arm: ArmAnalysis) -> [ComparisonWarning] {
        guard arm.slices > 0 else {
            return [ComparisonWarning(.notMeasured, arm: arm.name, "not measured: '\(arm.name)' has no slice")]
        }
        var warnings: [ComparisonWarning] = []
        if arm.faults > 0 {
            warnings.append(
                ComparisonWarning(
                    .faults, arm: arm.name,
                    "faulty: '\(arm.name)' lost, repeated, reordered or changed \(HumanFormat.count(arm.faults)) "
                        + "deliveries beside \(HumanFormat.count(arm.deliveries)) good ones, or dropped clients: "
                        + "its figures do not count"))
        }
        if let busy = arm.generatorBusyFraction, busy > busyLimit {
            warnings.append(
                ComparisonWarning(
                    .generatorBound, arm: arm.name, brief: arm.name,
                    "generator-bound: the generator was \(HumanFormat.percent(busy)) busy with '\(arm.name)', "
                        + "so deliveries/s measures the generator"))
        }
        return warnings
    }

    /// What stands between an arm and its comparison with the first.
    private static func warnings(_ arm: ArmAnalysis, against first: ArmAnalysis) -> [ComparisonWarning] {
        guard let ratios = arm.againstFirst, arm.slices > 0, first.slices > 0 else { return [] }
        var warnings: [ComparisonWarning] = []
        if let own = arm.deliveriesPerRead, let others = first.deliveriesPerRead,
            max(own / others, others / own) > coalescingLimit
        {
            warnings.append(
                ComparisonWarning(
                    .coalescing, arm: arm.name, brief: "\(arm.name) \(HumanFormat.decimal(own, places: 1))",
                    "coalesces differently: \(HumanFormat.decimal(own, places: 1)) deliveries a read from "
                        + "'\(arm.name)', \(HumanFormat.decimal(others, places: 1)) from '\(first.name)': "
                        + "CPU per delivery compares rounds of different sizes"))
        }
        if let own = arm.costs, let others = first.costs, own.softirq > own.charged * softirqLimit {
            let ratio = (own.charged + own.softirq) / (others.charged + others.softirq)
            warnings.append(
                ComparisonWarning(
                    .uncharged, arm: arm.name,
                    brief: "\(arm.name) \(HumanFormat.decimal(own.softirq, places: 0)) ns "
                        + "(ratio with it \(HumanFormat.decimal(ratio, places: 3)))",
                    "not all of it: the kernel's own thread (ksoftirqd) spent another "
                        + "\(HumanFormat.decimal(own.softirq, places: 0)) ns a delivery on the packets of '\(arm.name)', "
                        + "which is charged to no process; counted for all arms the ratio is "
                        + "\(HumanFormat.decimal(ratio, places: 3))"))
        }
        if ratios.pairsSetAside > 0 {
            let what =
                "\(HumanFormat.count(ratios.pairsSetAside)) of \(HumanFormat.count(ratios.pairs)) pairs of slices of "
                + "'\(arm.name)' and '\(first.name)', where a core was missing for more than "
                + "\(HumanFormat.percent(SliceRecord.disturbedLimit)) of one"
            warnings.append(
                ratios.isConclusive
                    ? ComparisonWarning(
                        .setAside, arm: arm.name,
                        brief: "\(arm.name) \(HumanFormat.count(ratios.pairsSetAside)) of "
                            + HumanFormat.count(ratios.pairs), "set aside: \(what)")
                    : ComparisonWarning(.inconclusive, arm: arm.name, "inconclusive: set aside \(what)"))
        } else if !ratios.isConclusive {
            warnings.append(
                ComparisonWarning(
                    .inconclusive, arm: arm.name,
                    "inconclusive: no slice of '\(arm.name)' can be compared with one of '\(first.name)'"))
        }
        return warnings
    }
}

extension ArmAnalysis {
    /// Nanoseconds a delivery that its processes are charged for, and those of `ksoftirqd`.
    fileprivate var costs: (charged: Double, softirq: Double)? {
        serverCPUNanosecondsPerDelivery.map { ($0, softirqNanosecondsPerDelivery ?? 0) }
    }
}
