import ArgumentParser
import Bench
import LoadGen
import Recording

/// What is told of a run while it goes on, beside its progress.
struct LoadWatchOptions: ParsableArguments {
    @Option(help: "File for a row of comma-separated values a second, written as the run goes on.")
    var csv: String?

    @Option(help: "File for the histograms of each second, in HdrHistogram's log format, likewise.")
    var hdrLog: String?

    @Option(help: "Port on 127.0.0.1 where Prometheus finds the running load (GET /metrics); 0 for a free one.")
    var metricsPort: Int?

    /// What cannot be is found out before anything is started.
    ///
    /// - Parameter output: the result's file.
    func check(_ plan: LoadPlan, output: String?) throws {
        let files = [output, csv, hdrLog].compactMap { $0 }
        guard Set(files).count == files.count else {
            throw ValidationError("--output, --csv and --hdr-log: expected files of their own, found one twice")
        }
        if let metricsPort { try require("--metrics-port", metricsPort, in: 0...65_535) }
        for threshold in plan.thresholds {
            guard let seconds = threshold.windowSeconds,
                UInt64(seconds) * 1_000_000_000 > plan.durationNanoseconds
            else { continue }
            let duration = HumanFormat.nanoseconds(plan.durationNanoseconds)
            throw ValidationError(
                "threshold \"\(threshold.expression)\": expected windows no longer than the run, which is \(duration)")
        }
    }

    /// - Parameter progress: as asked for; nil for where standard error is a terminal.
    func plan(_ load: LoadPlan, progress: Switch?) -> WatchPlan {
        WatchPlan(
            title: RunText.title(load.record),
            view: .suitable(isWanted: progress.map { $0 == .on }, errorIsTerminal: Console.errorIsTerminal),
            csvFile: csv, histogramLog: hdrLog, metricsPort: metricsPort.flatMap { UInt16(exactly: $0) })
    }
}
