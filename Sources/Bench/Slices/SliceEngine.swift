import LoadGen
import Recording
import Transport

/// Measures several servers in short slices that alternate, all of them alive together.
///
/// For each set the arms are started afresh and stay; under each load every arm has its own connected clients, and slices
/// of the same load go from arm to arm in a balanced, seeded, random order, so that what drifts on the machine drifts
/// under all of them. Everything on the calling thread, which is pinned.
package final class SliceEngine {
    private let plan: SlicePlan
    private let line: ProgressLine
    private let interruption: Interruption
    private var random: SeededGenerator
    private var result: Comparison

    package init(_ plan: SlicePlan, showsProgress: Bool, interruption: Interruption) {
        self.plan = plan
        self.interruption = interruption
        line = ProgressLine(isShown: showsProgress)
        random = SeededGenerator(seed: plan.seed)
        // Asked before this thread pins itself.
        let machine = MachineDescription.current(io: plan.io.rawValue, commit: BuildInfo.commit)
        result = Comparison(
            startedAt: WallClock.iso8601(), seed: plan.seed, sliceNanoseconds: Int(plan.sliceNanoseconds),
            serverCPUs: plan.serverCores, loadCPUs: plan.loadCores, generatorIO: plan.io.rawValue,
            generatorReadBytes: 0,
            arms: plan.arms.map { Comparison.Arm(name: $0.name, path: $0.path, command: $0.command) },
            machine: machine)
        result.mode = plan.mode.rawValue
    }

    /// Runs to the end, to an interruption, or to the failure of an arm, which the result then names.
    ///
    /// - Throws: `ServerProcessError` and such where an arm cannot even be started.
    package func run() throws -> Comparison {
        let began = MonotonicInstant.now()
        if !plan.loadCores.isEmpty { CoreSet.pin(to: plan.loadCores) }
        _ = DescriptorLimit.raise()
        defer { line.clear() }
        do {
            for set in 0..<plan.sets { try measure(set: set) }
        } catch is SuiteInterruption {
            result.interrupted = true
        } catch let failure as SliceFailure {
            result.failure = failure.description
        } catch  where !result.sets.isEmpty {
            // An arm that did not start this time leaves what was measured before.
            result.failure = String(describing: error)
        }
        result.durationNanoseconds = Int(MonotonicInstant.now() - began)
        return result
    }

    private func measure(set: Int) throws {
        line.show("set \(set + 1)/\(plan.sets): starting")
        var arms: [SliceArm] = []
        var isDone = false
        // With clients still connected a server would take its time to go.
        defer { for arm in arms { isDone ? arm.stop() : arm.kill() } }
        // Who starts first is chance, as memory and ports are.
        for index in plan.arms.indices.shuffled(using: &random) {
            try interruption.check()
            arms.append(try SliceArm(plan, index: index, interruption: interruption))
        }
        arms.sort { $0.index < $1.index }
        for load in plan.loads.shuffled(using: &random) { try measure(set: set, load, arms) }
        isDone = true
    }

    private func measure(set: Int, _ load: SliceLoad, _ arms: [SliceArm]) throws {
        line.show("set \(set + 1)/\(plan.sets): \(load): connecting")
        for arm in arms { try arm.connect(load, plan) }
        if let generator = arms.first?.generator {
            result.generatorIO = generator.io.rawValue
            result.generatorReadBytes = generator.readBytes
        }
        var slices: [SliceRecord] = []
        let order =
            SliceOrder.blocks(arms: arms.count, count: plan.warmupBlocks, using: &random)
            + SliceOrder.blocks(arms: arms.count, count: plan.blocks, using: &random)
        for (block, turns) in order.enumerated() {
            try interruption.check()
            let isWarmup = block < plan.warmupBlocks
            if block == plan.warmupBlocks { for arm in arms { arm.startCounting() } }
            line.show("set \(set + 1)/\(plan.sets): \(load): \(block + 1)/\(order.count)")
            for index in turns {
                if isWarmup {
                    arms[index].warmUp(plan.sliceNanoseconds)
                } else if let record = try arms[index].runSlice(
                    block: block - plan.warmupBlocks, plan.sliceNanoseconds)
                {
                    slices.append(record)
                }
            }
        }
        result.sets.append(
            SliceSet(set: set, load: load, slices: slices, completionHistograms: arms.map { $0.disconnect() }))
    }
}
