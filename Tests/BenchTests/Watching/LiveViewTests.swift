import Recording
import Testing

@testable import Bench
@testable import LoadGen

@Suite("LiveView")
struct LiveViewTests {
    private static func state(
        _ stage: LoadProgress.Stage, lost: UInt64 = 0, failed: Int = 0, reasons: [String]? = nil
    ) -> LiveState {
        var state = LiveState(title: "broadcast ws://127.0.0.1:3001/relay  100 clients")
        for received in [10_000, 5_000, 10_000] {
            state.add(
                IntervalRecord(
                    second: 0, published: 100, received: received, latencyP50Nanoseconds: 85_200,
                    latencyP99Nanoseconds: 1_200_000, connected: 100, durationNanoseconds: 1_000_000_000,
                    receivedBytes: 1_280_000, latencyP90Nanoseconds: 300_000, latencyMaxNanoseconds: 2_500_000))
        }
        state.progress = LoadProgress(
            stage: stage, connected: 50, clients: 100, elapsedNanoseconds: 2_500_000_000,
            durationNanoseconds: 10_000_000_000, published: 250, received: 25_000, outstanding: 12,
            deliveriesPerSecond: 10_000, latencyP50Nanoseconds: 85_200, latencyP99Nanoseconds: 1_200_000,
            publishedPerSecond: 100, expected: 25_000, lost: lost, failed: failed,
            generator: reasons.map {
                GeneratorProgress(
                    busyFraction: 0.5, scheduleLagP99Nanoseconds: 1, receiveDelayP99Nanoseconds: 1, reasons: $0)
            })
        return state
    }

    private func text(_ state: LiveState, width: Int = 79, isColoured: Bool = false) -> String {
        LiveView.lines(state, width: width, isColoured: isColoured).joined(separator: "\n")
    }

    @Test("while it measures")
    func measuring() {
        let expected = """
            broadcast ws://127.0.0.1:3001/relay  100 clients
            measuring   ██████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  2.5 of 10.0 s
            clients     50 of 100
            rate        100 /s published      10.0 k/s deliveries  1.22 MiB/s
            latency     p50 85.2 µs   p90 300 µs    p99 1.20 ms   max 2.50 ms
            lost        0, 12 messages outstanding
            deliveries  █▅█  max 10.0 k/s
            """
        #expect(text(Self.state(.measuring)) == expected)
    }

    @Test("while clients connect there are no figures yet")
    func connecting() {
        let expected = """
            broadcast ws://127.0.0.1:3001/relay  100 clients
            connecting  ████████████████████░░░░░░░░░░░░░░░░░░░░  50 %
            clients     50 of 100, 3 not connected
            """
        #expect(text(Self.state(.connecting, failed: 3)) == expected)
    }

    @Test(
        "every stage has its line",
        arguments: [
            (.warmup, "warming up"), (.grace, "waiting     for 12 messages outstanding"), (.closing, "closing"),
        ] as [(LoadProgress.Stage, String)])
    func stages(stage: LoadProgress.Stage, expected: String) {
        #expect(LiveView.lines(Self.state(stage), width: 79, isColoured: false)[1] == expected)
    }

    @Test("what makes a run invalid stands out, and only with colours in colour")
    func trouble() {
        let state = Self.state(.measuring, lost: 1_234, reasons: ["schedule lag p99 4.00 ms, limit 1.00 ms", "b"])
        let plain = LiveView.lines(state, width: 79, isColoured: false)
        #expect(plain[5] == "lost        1,234, 12 messages outstanding")
        #expect(plain[7] == "generator   schedule lag p99 4.00 ms, limit 1.00 ms; b")
        let coloured = LiveView.lines(state, width: 79, isColoured: true)
        #expect(coloured[5] == "\u{1b}[31m\(plain[5])\u{1b}[0m")
        #expect(coloured[6] == "\u{1b}[36m\(plain[6])\u{1b}[0m")
        #expect(coloured[7] == "\u{1b}[33m\(plain[7])\u{1b}[0m")
        #expect(Array(coloured[..<5]) == Array(plain[..<5]))
        #expect(LiveView.lines(Self.state(.measuring, reasons: []), width: 79, isColoured: true).count == 7)
    }

    @Test("no line is longer than the terminal is wide", arguments: [1, 2, 12, 16, 20, 40, 79, 200])
    func width(width: Int) {
        for stage in LoadProgress.Stage.allCases {
            let state = Self.state(stage, lost: 5, failed: 1, reasons: ["schedule lag p99 4.00 ms, limit 1.00 ms"])
            for line in LiveView.lines(state, width: width, isColoured: false) {
                #expect(line.count <= width, "\(line)")
            }
        }
    }

    @Test("a line that is cut says so")
    func cut() {
        let lines = LiveView.lines(Self.state(.measuring), width: 20, isColoured: false)
        #expect(lines[0] == "broadcast ws://127.…")
        #expect(lines[1] == "measuring     2.5 o…")
    }

    @Test("before the run has told anything there is what was asked for")
    func nothing() {
        #expect(text(LiveState(title: "echo\n\u{1b}[2Jx")) == "echo  [2Jx")
    }

    @Test("the sparkline goes back a minute")
    func history() {
        var state = LiveState(title: "")
        for second in 0..<100 {
            state.add(
                IntervalRecord(
                    second: second, published: 0, received: second, latencyP50Nanoseconds: nil,
                    latencyP99Nanoseconds: nil, connected: 0, durationNanoseconds: 1_000_000_000))
        }
        #expect(state.history == (40..<100).map { Double($0) })
        #expect(state.latest?.second == 99)
    }

    @Test("without a terminal it is a line, with losses where there are some")
    func plainLine() throws {
        let progress = try #require(Self.state(.measuring).progress)
        #expect(LiveView.plainLine(progress) == ProgressLine.text(progress))
        let losing = try #require(Self.state(.measuring, lost: 1_234).progress)
        #expect(LiveView.plainLine(losing) == ProgressLine.text(losing) + "  1,234 lost")
    }
}
