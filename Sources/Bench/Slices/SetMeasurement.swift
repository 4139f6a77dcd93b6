import LoadGen
import Recording
import Transport

/// One fresh set of processes, one for each arm, all of them alive together and measured in slices that alternate.
///
/// Slices of the same load go from arm to arm in a balanced, seeded, random order, so that what drifts on the machine
/// drifts under all of them. Loads with the same number of clients share their connections. Everything on the calling
/// thread. Ends the processes at the latest when it is let go.
final class SetMeasurement {
    private let plan: SlicePlan
    private let set: Int
    private let progress: (String) -> Void
    private let interruption: Interruption
    private var arms: [SliceArm] = []
    /// Interface to the kernel and bytes a read, the same for all arms; nil before there are clients.
    private(set) var generatorFacts: (io: IOChoice, readBytes: Int)?
    /// A sentence for each series that was optional and could not be measured.
    private(set) var leftOut: [String] = []

    /// Starts the arms.
    ///
    /// - Parameter set: its number, for the records.
    /// - Throws: `ServerProcessError` and such where one does not come up.
    init(
        _ plan: SlicePlan, set: Int, interruption: Interruption,
        progress: @escaping (String) -> Void
    ) throws {
        self.plan = plan
        self.set = set
        self.progress = progress
        self.interruption = interruption
        progress("starting")
        let steal = StealMeter(plan)
        // Who starts first is one after the other from set to set: it may have the better memory.
        let first = (set + Int(plan.seed % UInt64(plan.arms.count))) % plan.arms.count
        for index in plan.arms.indices.map({ ($0 + first) % plan.arms.count }) {
            try interruption.check()
            arms.append(try SliceArm(plan, index: index, steal: steal, interruption: interruption))
        }
        arms.sort { $0.index < $1.index }
    }

    // With clients still connected a server would take its time to go.
    deinit { for arm in arms { arm.kill() } }

    /// Measures every series: those of fewer clients first, else in an order that is chance.
    ///
    /// - Returns: for each series its slices, and what connecting its clients took.
    /// - Throws: `SliceFailure` where an arm cannot be measured, `SuiteInterruption`.
    func run(
        _ series: [SliceSeries], random: inout SeededGenerator
    ) throws -> (sets: [SliceSet], connections: [ArmConnection]) {
        var sets: [SliceSet] = []
        var connections: [ArmConnection] = []
        let bySize = Dictionary(grouping: series, by: \.load.clients)
        // The largest last: what a server sets up for its first clients is then no part of what they take each.
        for clients in bySize.keys.sorted() {
            let group = (bySize[clients] ?? []).shuffled(using: &random)
            let isOptional = group.allSatisfy(\.isOptional)
            if isOptional, let reason = shortage(ofDescriptorsFor: clients) {
                leftOut.append("\(HumanFormat.count(clients)) clients left out: \(reason)")
                continue
            }
            do {
                let measured = try measure(group, &random)
                sets += measured.sets
                connections += measured.connections
            } catch let failure as SliceFailure where isOptional && failure.arm == plan.arms.first?.name {
                leftOut.append("\(HumanFormat.count(clients)) clients left out: \(failure)")
            }
            for arm in arms { arm.disconnect() }
        }
        return (sets, connections)
    }

    /// Ends the processes in order.
    func end() {
        for arm in arms { arm.stop() }
        arms = []
    }

    /// Series of the same number of clients.
    private func measure(
        _ group: [SliceSeries], _ random: inout SeededGenerator
    ) throws -> (sets: [SliceSet], connections: [ArmConnection]) {
        guard let load = group.first?.load else { return ([], []) }
        progress("\(HumanFormat.count(load.clients)) clients: connecting")
        let connections = try connect(load, &random)
        generatorFacts = arms.first?.generator.map { ($0.io, $0.readBytes) }
        return (try group.map { try measure($0, &random) }, connections)
    }

    /// - Throws: `SliceFailure` of the first of the arms, in the plan's order, that did not take the clients: what the
    ///   others are compared with may be unable to do so, too.
    private func connect(_ load: SliceLoad, _ random: inout SeededGenerator) throws -> [ArmConnection] {
        var connections: [ArmConnection] = []
        var failures: [Int: SliceFailure] = [:]
        for arm in arms.shuffled(using: &random) {
            do { connections.append(try arm.connect(load, plan)) } catch let failure as SliceFailure {
                failures[arm.index] = failure
            }
        }
        if let first = failures.min(by: { $0.key < $1.key }) { throw first.value }
        return connections
    }

    /// Why so many clients cannot be connected to every arm at once; nil where they can.
    private func shortage(ofDescriptorsFor clients: Int) -> String? {
        let needed = clients * arms.count + Self.otherDescriptors
        let limit = DescriptorLimit.current()
        guard needed > limit else { return nil }
        return "they take \(HumanFormat.count(needed)) descriptors, and a process may have \(HumanFormat.count(limit)) "
            + "(see `ulimit -Hn`)"
    }

    /// What a process has open besides connections, at most about.
    private static let otherDescriptors = 64

    private func measure(_ series: SliceSeries, _ random: inout SeededGenerator) throws -> SliceSet {
        var slices: [SliceRecord] = []
        let order =
            SliceOrder.blocks(arms: arms.count, count: series.warmupBlocks, using: &random)
            + SliceOrder.blocks(arms: arms.count, count: series.blocks, using: &random)
        for arm in arms { arm.change(to: series.load) }
        for (block, turns) in order.enumerated() {
            try interruption.check()
            let isWarmup = block < series.warmupBlocks
            if block == series.warmupBlocks { for arm in arms { arm.startCounting() } }
            progress("\(series.load): \(block + 1)/\(order.count)")
            for index in turns {
                if isWarmup {
                    arms[index].warmUp(series.sliceNanoseconds)
                } else if let record = try arms[index].runSlice(
                    block: block - series.warmupBlocks, series.sliceNanoseconds)
                {
                    slices.append(record)
                }
            }
        }
        return SliceSet(set: set, load: series.load, slices: slices, completionHistograms: arms.map(\.completions))
    }
}
