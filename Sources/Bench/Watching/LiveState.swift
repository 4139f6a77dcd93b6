import LoadGen
import Recording

/// What the live view of a run shows.
struct LiveState {
    /// How many seconds the sparkline goes back.
    static let historyLimit = 60

    /// What was asked for, in one line.
    let title: String
    /// Nil before the run has told.
    var progress: LoadProgress?
    /// The last second that is over.
    private(set) var latest: IntervalRecord?
    /// Deliveries a second, the latest last.
    private(set) var history: [Double] = []

    init(title: String) { self.title = title }

    mutating func add(_ record: IntervalRecord) {
        latest = record
        history.append(record.deliveriesPerSecond ?? 0)
        if history.count > Self.historyLimit { history.removeFirst() }
    }
}
