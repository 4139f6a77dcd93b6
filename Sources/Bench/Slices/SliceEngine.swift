import LoadGen
import Recording
import Transport

/// Measures several servers against each other in fresh sets of processes, one set after the other.
///
/// Everything on the calling thread, which is pinned.
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
            startedAt: WallClock.iso8601(), seed: plan.seed,
            sliceNanoseconds: Int(plan.series.first?.sliceNanoseconds ?? 0),
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
        plan.prepareThread()
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
        let measurement = try SetMeasurement(plan, set: set, interruption: interruption) {
            [line, plan] in line.show("set \(set + 1)/\(plan.sets): \($0)")
        }
        // Load by load, so that what an interruption or a failure leaves is kept.
        for series in plan.series.shuffled(using: &random) {
            result.sets += try measurement.run([series], random: &random).sets
            if let facts = measurement.generatorFacts {
                result.generatorIO = facts.io.rawValue
                result.generatorReadBytes = facts.readBytes
            }
        }
        measurement.end()
    }
}
