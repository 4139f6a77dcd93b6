import LoadGen
import Recording
import Transport

/// What there is to do about a run that is watched: its seconds written, its view drawn, its metrics renewed.
///
/// `@unchecked Sendable`: handed to the watching thread when that begins, and back when it was joined: one at a time.
final class WatchWork: @unchecked Sendable {
    private static let linesEveryTurns = 2

    private let monitor: RunMonitor
    private let files: SecondFiles
    private let screen: TerminalScreen?
    private let view: WatchPlan.View
    private let page: MetricsPage?
    private var state: LiveState
    private let latency = LatencyHistogram()
    private var turnCount = 0
    private var nextLineAtTurn = 0
    private var shownStage: LoadProgress.Stage?
    /// The first thing that went wrong; files are left alone from then on.
    private(set) var failure: String?

    init(_ monitor: RunMonitor, _ plan: WatchPlan, files: SecondFiles, screen: TerminalScreen?, page: MetricsPage?) {
        self.monitor = monitor
        self.files = files
        self.screen = screen
        self.page = page
        view = plan.view
        state = LiveState(title: plan.title)
    }

    /// Twice a second.
    func turn() {
        takeSeconds()
        state.progress = monitor.progress
        show()
        turnCount += 1
        page?.replace(with: LoadExposition.text(state.progress, latest: state.latest, latency: latency))
    }

    /// After the run: what is left is written, and the screen is as before.
    func end() {
        takeSeconds()
        screen?.clear()
    }

    private func takeSeconds() {
        let (seconds, missed) = monitor.takeSeconds()
        if missed > 0, files.areWanted {
            fail("\(missed) seconds are missing in the files: writing them took too long")
        }
        for second in seconds {
            state.add(second.record)
            if page != nil { latency.merge(second.histograms.latency) }
            guard failure == nil else { continue }
            do throws(SystemError) {
                try files.add(second)
            } catch {
                fail(error.description)
            }
        }
    }

    private func fail(_ reason: String) {
        if failure == nil { failure = reason }
    }

    private func show() {
        switch view {
        case .nothing:
            break
        case .screen(let isColoured):
            // The last column stays free: some terminals go to the next line when it is written to.
            let width = max(1, Terminal.columns() - 1)
            screen?.draw(LiveView.lines(state, width: width, isColoured: isColoured))
        case .lines:
            guard let progress = state.progress else { break }
            guard progress.stage != shownStage || turnCount >= nextLineAtTurn else { break }
            shownStage = progress.stage
            nextLineAtTurn = turnCount + Self.linesEveryTurns
            Console.printError(LiveView.plainLine(progress) + "\n")
        }
    }
}
