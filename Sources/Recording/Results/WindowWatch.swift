/// A threshold over windows, held against a run second by second while it goes on.
///
/// A window is so many whole seconds of the measured part, one after the other; there is one for each second that ends
/// one. What came after the last whole second counts to the last window, without making it longer: a stall at the end
/// must not fall between the windows, but a rate is that of the whole seconds, so it leaves that out. The worst window
/// is the one whose figure is farthest on the side that fails; one that has no figure fails and is worse than all.
///
/// Pure but for its memory, a window's histograms. Cost of a second: 50 to 100 µs, whatever the length of the window.
package struct WindowWatch {
    private let threshold: Threshold
    private let path: WindowPath
    private let length: Int
    private var window = WindowFigures()
    /// The seconds of the window, the oldest at `oldest` once there are as many as it is long.
    private var seconds: [(record: IntervalRecord, latency: LatencyHistogram)] = []
    private var oldest = 0
    private var endedSeconds = 0
    private var worst: (figure: Double?, startSecond: Int)?

    /// Nil where the threshold is for the whole run.
    package init?(_ threshold: Threshold) {
        guard let length = threshold.windowSeconds, let path = threshold.windowPath else { return nil }
        self.threshold = threshold
        self.path = path
        self.length = length
    }

    /// Adds the next whole second. The histogram may not be changed afterwards.
    package mutating func add(_ record: IntervalRecord, _ latency: LatencyHistogram) {
        if seconds.count < length {
            seconds.append((record, latency))
        } else {
            window.remove(seconds[oldest].record, seconds[oldest].latency)
            seconds[oldest] = (record, latency)
            oldest = (oldest + 1) % length
        }
        window.add(record, latency)
        endedSeconds += 1
        look()
    }

    /// Adds what came after the last whole second.
    package mutating func addRemainder(_ record: IntervalRecord, _ latency: LatencyHistogram) {
        guard !path.name.hasPrefix("rates.") else { return }
        window.add(record, latency)
        look()
    }

    /// What became of the threshold; one without a single window failed.
    package var outcome: ThresholdOutcome {
        ThresholdOutcome(
            expression: threshold.expression, value: worst?.figure, passed: threshold.isMet(by: worst?.figure),
            windowNanoseconds: length * 1_000_000_000,
            worstWindowStartNanoseconds: worst.map { $0.startSecond * 1_000_000_000 })
    }

    private mutating func look() {
        guard endedSeconds >= length else { return }
        let figure = path.read(window)
        guard isWorse(figure) else { return }
        worst = (figure, endedSeconds - length)
    }

    private func isWorse(_ figure: Double?) -> Bool {
        guard let worst else { return true }
        guard let known = worst.figure else { return false }
        guard let figure else { return true }
        switch threshold.comparison {
        case .less, .lessOrEqual: return figure > known
        case .greater, .greaterOrEqual: return figure < known
        case .equal: return (figure - threshold.value).magnitude > (known - threshold.value).magnitude
        }
    }
}
