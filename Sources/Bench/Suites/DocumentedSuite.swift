import Recording
import Transport

/// The suite that sets every documented figure beside the one measured on this machine.
package final class DocumentedSuite {
    private let context: SuiteContext
    private let line: ProgressLine
    private let serverCore: Int?

    package init(scale: SuiteScale, io: IOChoice, showsProgress: Bool, interruption: Interruption) {
        line = ProgressLine(isShown: showsProgress)
        // Asked before this thread pins itself.
        _ = MachineDescription.usableCores
        let cores = CoreSet.usable()
        serverCore = cores.count > 1 ? cores[1] : nil
        if cores.count > 1 { CoreSet.pin(to: [cores[0]]) }
        context = SuiteContext(
            scale: scale, io: io, line: line, serverCore: serverCore, interruption: interruption)
    }

    /// Runs everything, on the calling thread.
    package func run() -> SuiteResult {
        let startedAt = WallClock.iso8601()
        let began = MonotonicInstant.now()
        var rows: [TargetRow] = []
        var wasInterrupted = false
        do throws(SuiteInterruption) {
            rows += try measure("throughput") { try ThroughputMeasurement(context: context).rows() }
            rows += try measure("concurrent clients") { try ConcurrencyMeasurement(context: context).rows() }
            rows += try measure("message size") { try MessageSizeMeasurement(context: context).rows() }
            rows += try measure("broadcast time") { try BroadcastTimeMeasurement(context: context).rows() }
            rows += try measure("round trip") { try RoundTripMeasurement(context: context).rows() }
            rows += try measure("parts of a round trip") {
                try PartsMeasurement(context: context, receiverCore: serverCore).rows()
            }
        } catch {
            wasInterrupted = true
        }
        line.clear()
        let io = context.runs.last?.result.machine.io ?? context.io.rawValue
        return SuiteResult(
            suite: context.scale.rawValue, startedAt: startedAt,
            durationNanoseconds: Int(MonotonicInstant.now() - began), interrupted: wasInterrupted,
            machine: .current(io: io, commit: BuildInfo.commit), rows: rows, runs: context.runs)
    }

    /// The rows of one measurement; one that could not be carried out is a row that says so, and the others go on.
    private func measure(_ name: String, _ rows: () throws -> [TargetRow]) throws(SuiteInterruption) -> [TargetRow] {
        do {
            return try rows()
        } catch let interruption as SuiteInterruption {
            throw interruption
        } catch {
            return [.invalid(name, "", [String(describing: error)])]
        }
    }
}
