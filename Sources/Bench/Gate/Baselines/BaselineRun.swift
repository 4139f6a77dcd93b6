import FoundationEssentials
import Glibc
import Recording

/// One server measured by itself, to be compared with at another time: what it counted, and for each metric its figure.
package struct BaselineRun: Codable, Sendable, Equatable {
    package var at: String
    /// When the recording began that it is a part of: runs of one recording have the machine's mood in common.
    package var recordedAt: String
    /// What has to be the same for timing to compare.
    package var key: BaselineKey
    package var commit: String?
    package var exact: ExactFigures
    package var openLoopRatePerSecond: Double
    /// By metric: the centre over fresh processes.
    package var figures: [String: Double]
    /// Fresh processes.
    package var sets: Int

    package init(
        at: String, recordedAt: String, key: BaselineKey, commit: String?, exact: ExactFigures,
        openLoopRatePerSecond: Double,
        figures: [String: Double], sets: Int
    ) {
        self.at = at
        self.recordedAt = recordedAt
        self.key = key
        self.commit = commit
        self.exact = exact
        self.openLoopRatePerSecond = openLoopRatePerSecond
        self.figures = figures
        self.sets = sets
    }

    /// Whether it took a thousand clients.
    var hasThousandClients: Bool { figures[ConnectionMetric.connectRate.metric.name] != nil }
}
