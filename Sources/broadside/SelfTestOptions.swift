import ArgumentParser
import Bench
import Recording
import Transport

/// `broadside gate --self-test`.
struct SelfTestOptions: ParsableArguments {
    @Flag(help: "Ask the gate questions whose answers are known, and add the answers to a file.")
    var selfTest = false

    @Option(help: "The file of its runs: JSON lines, added to.")
    var selfTestFile = "results/gate-self-test.jsonl"

    @Option(
        help: "A question: \(SelfTestKind.allCases.map(\.rawValue).joined(separator: ", ")); repeatable. (default: all)"
    )
    var kind: [SelfTestKind] = []

    @Option(help: "The most runs to make now.")
    var runs = 10_000

    @Option(name: .customLong("for"), help: "How long to go on: a number with s, m or h.")
    var time = "24h"

    func run(showsProgress: Bool, markdown: String?) throws {
        try require("--runs", runs, in: 0...1_000_000)
        let limit = try nanoseconds("--for", time.hasSuffix("h") ? hours(time) : time, atLeast: 1_000_000_000)
        for file in [runs > 0 ? selfTestFile : nil, markdown].compactMap({ $0 }) {
            try failing { try OutputFile.check(file) }
        }
        let interruption = Interruption()
        let watch = try SignalWatch { interruption.request() }
        let run = SelfTestRun(
            file: selfTestFile, kinds: kind.isEmpty ? SelfTestKind.allCases : kind, showsProgress: showsProgress,
            interruption: interruption)
        let records = try failing {
            try run.run(atMost: runs, forNanoseconds: limit) { Console.print($0 + "\n") }
        }
        withExtendedLifetime(watch) {}
        let report = SelfTestReport(records)
        Console.print("\n" + report.text())
        if let markdown { try failing { try OutputFile.write(Array(report.markdown().utf8), to: markdown) } }
        // A false alarm is the one thing that must not be.
        if records.contains(where: { $0.kind.wanted == .pass && $0.verdict == .regression }) {
            throw CommandEnd(.notMet)
        }
    }

    private func hours(_ text: String) -> String {
        Int(text.dropLast()).map { "\($0 * 60)m" } ?? text
    }
}

extension SelfTestKind: ExpressibleByArgument {}
