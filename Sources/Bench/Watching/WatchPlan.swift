/// How a run is watched while it goes on.
package struct WatchPlan: Sendable {
    /// What is shown on standard error.
    package enum View: Sendable {
        case nothing
        /// Redrawn in place; for terminals.
        case screen(isColoured: Bool)
        /// A line now and then.
        case lines

        /// - Parameter isWanted: as asked for; nil for where standard error is a terminal.
        package static func suitable(isWanted: Bool?, errorIsTerminal: Bool) -> View {
            guard isWanted ?? errorIsTerminal else { return .nothing }
            guard errorIsTerminal, Terminal.movesCursor else { return .lines }
            return .screen(isColoured: Terminal.hasColours)
        }
    }

    /// What was asked of the run, in one line.
    package var title: String
    package var view: View
    /// A row for each second.
    package var csvFile: String?
    /// A line for each second and histogram, in HdrHistogram's log format.
    package var histogramLog: String?
    /// Where Prometheus finds the metrics on 127.0.0.1; 0 for any port that is free.
    package var metricsPort: UInt16?

    package init(
        title: String, view: View, csvFile: String? = nil, histogramLog: String? = nil, metricsPort: UInt16? = nil
    ) {
        self.title = title
        self.view = view
        self.csvFile = csvFile
        self.histogramLog = histogramLog
        self.metricsPort = metricsPort
    }

    /// Whether there is anything to do.
    var isEmpty: Bool {
        if case .nothing = view { return csvFile == nil && histogramLog == nil && metricsPort == nil }
        return false
    }
}
