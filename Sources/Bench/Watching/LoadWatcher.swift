import CSystem
import Glibc
import LoadGen
import Recording
import Transport

/// Watches a run from a thread of its own, so that no file, terminal or visitor delays what is measured.
///
/// Owner: the thread that made it. Cost to the run: a hand-over under a lock once a second and twice a second a copy of
/// its figures; without anything to watch for there is no thread.
package final class LoadWatcher {
    private static let turnMilliseconds: Int32 = 500

    private let screen: TerminalScreen?
    private var work: WatchWork?
    private var thread: LoopThread?
    private var server: PageServer?
    /// An eventfd that ends the thread; -1 without one.
    private var bell: Int32 = -1
    /// What went wrong with the files, once stopped; nil where nothing did.
    package private(set) var failure: String?

    /// Begins the files, opens the port, and watches from then on.
    ///
    /// - Throws: `AddressError`, `SystemError` where a file or the port cannot be had, in one line.
    package init(_ monitor: RunMonitor, _ plan: WatchPlan) throws {
        if case .screen = plan.view { screen = TerminalScreen() } else { screen = nil }
        guard !plan.isEmpty else { return }
        let files = try SecondFiles(
            csvFile: plan.csvFile, histogramLog: plan.histogramLog,
            startMilliseconds: WallClock.millisecondsSinceEpoch())
        var page: MetricsPage?
        if let port = plan.metricsPort {
            let metrics = MetricsPage()
            server = try PageServer(port: port) { metrics.answer($0) }
            page = metrics
        }
        let work = WatchWork(monitor, plan, files: files, screen: screen, page: page)
        let bell = eventfd(0, system_eventfd_flags)
        guard bell >= 0 else { throw SystemError("eventfd") }
        self.work = work
        self.bell = bell
        monitor.beginWatching()
        thread = try LoopThread { LoadWatcher.watch(work, until: bell) }
    }

    /// Where the metrics are; nil where they are not asked for.
    package var metricsURL: String? { server.map { "http://127.0.0.1:\($0.port)/metrics" } }

    /// Shows the terminal's cursor again, for good; from any thread, as a signal's.
    package var releaseCursor: @Sendable () -> Void {
        let screen = screen
        return { screen?.releaseCursor() }
    }

    /// Ends watching when the run has ended: its last seconds are written, the screen is as before. Calls after the
    /// first are without effect.
    package func stop() {
        guard let work, let thread else { return }
        var one: UInt64 = 1
        // An eventfd refuses only when its counter is full, and then the thread wakes anyway.
        _ = write(bell, &one, MemoryLayout<UInt64>.size)
        thread.join()
        close(bell)
        self.thread = nil
        server?.stop()
        work.end()
        failure = work.failure
        self.work = nil
    }

    private static func watch(_ work: WatchWork, until bell: Int32) {
        var poller = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
        while true {
            work.turn()
            let ready = poll(&poller, 1, turnMilliseconds)
            if ready > 0 { return }
        }
    }
}
