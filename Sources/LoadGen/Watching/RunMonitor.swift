import Recording
import Synchronization

/// What a run tells of itself while it goes on: its seconds as they end, and where it stands.
///
/// Each loop hands over its seconds in order; one that all loops have ended is complete, its percentiles are those of
/// the merged histograms, and the thresholds over windows are held against it. Who watches takes completed seconds
/// away and looks at where the run stands, on a thread of its own; without a watcher nothing is kept for one.
///
/// `@unchecked Sendable`: everything that changes is read and written under `lock`, which is held for some 300 µs once
/// a second by the loop that completes it, and otherwise for the time of a copy: none waits for a file or a terminal.
/// Memory: a record a second; for a watcher that lags also the histograms, `unreadLimit` at the most.
package final class RunMonitor: @unchecked Sendable {
    /// A watcher that is a minute behind, as on a terminal that was stopped, loses the oldest seconds: not the run.
    private static let unreadLimit = 60

    private let loopCount: Int
    private let lock = Mutex<Void>(())
    private var positions: [LoadProgress?]
    /// Seconds that some loop has yet to end, by their number.
    private var pending: [Int: (second: LoadSecond, loops: Int)] = [:]
    private var records: [IntervalRecord] = []
    private var watches: [WindowWatch?]
    private let thresholds: [Threshold]
    private var unread: [CompletedSecond] = []
    private var missedSeconds = 0
    private var isWatched = false

    /// - Parameters:
    ///   - thresholds: those of the whole run among them are for the result to meet.
    ///   - loopCount: how many loops hand over each second.
    package init(thresholds: [Threshold] = [], loopCount: Int = 1) {
        self.thresholds = thresholds
        self.loopCount = loopCount
        watches = thresholds.map { WindowWatch($0) }
        positions = Array(repeating: nil, count: loopCount)
    }

    // MARK: The loops' side

    /// Takes over a second that a loop has ended; the loop has no more to do with it.
    ///
    /// - Returns: the second, where this completed it.
    @discardableResult
    func add(_ second: LoadSecond) -> IntervalRecord? {
        lock.withLock { _ in
            guard let known = pending.removeValue(forKey: second.second) else {
                guard loopCount > 1 else { return complete(second, isWhole: true) }
                pending[second.second] = (second, 1)
                return nil
            }
            known.second.merge(second)
            guard known.loops + 1 == loopCount else {
                pending[second.second] = (known.second, known.loops + 1)
                return nil
            }
            return complete(known.second, isWhole: true)
        }
    }

    /// Takes over what came after the last whole second of a loop; complete when `finish` is called.
    func addRemainder(_ second: LoadSecond) {
        lock.withLock { _ in
            guard let known = pending[Self.remainder]?.second else {
                pending[Self.remainder] = (second, 1)
                return
            }
            known.merge(second)
        }
    }

    /// All loops have ended: what is left is completed.
    func finish() {
        lock.withLock { _ in
            let remainder = pending.removeValue(forKey: Self.remainder)
            for number in pending.keys.sorted() {
                if let left = pending[number] { complete(left.second, isWhole: true) }
            }
            pending = [:]
            if let remainder { complete(remainder.second, isWhole: false) }
        }
    }

    /// Where a loop stands.
    func note(_ progress: LoadProgress, ofLoop loop: Int = 0) {
        lock.withLock { _ in positions[loop] = progress }
    }

    // MARK: The result's side

    /// The seconds so far.
    var intervals: [IntervalRecord] { lock.withLock { _ in records } }

    /// What became of each threshold; those over windows by their worst window.
    func outcomes(for result: RunResult) -> [ThresholdOutcome] {
        lock.withLock { _ in
            zip(thresholds, watches).map { threshold, watch in watch?.outcome ?? threshold.evaluate(against: result) }
        }
    }

    // MARK: The watcher's side

    /// From now on completed seconds are kept for `takeSeconds`.
    package func beginWatching() {
        lock.withLock { _ in isWatched = true }
    }

    /// Whether somebody watches.
    package var hasWatcher: Bool { lock.withLock { _ in isWatched } }

    /// The seconds completed since the last call, and how many more were dropped as nobody took them in time.
    package func takeSeconds() -> (seconds: [CompletedSecond], missed: Int) {
        lock.withLock { _ in
            defer {
                unread = []
                missedSeconds = 0
            }
            return (unread, missedSeconds)
        }
    }

    /// Where the run stands, of all loops together; nil before the first has told.
    package var progress: LoadProgress? {
        lock.withLock { _ in
            var sum: LoadProgress?
            for case let position? in positions {
                if sum == nil { sum = position } else { sum?.merge(position) }
            }
            // Percentiles are those of the last second of all loops together, never of theirs.
            if let latest = records.last {
                sum?.latencyP50Nanoseconds = UInt64(latest.latencyP50Nanoseconds ?? 0)
                sum?.latencyP99Nanoseconds = UInt64(latest.latencyP99Nanoseconds ?? 0)
            }
            return sum
        }
    }

    // MARK: Under the lock

    /// The number under which what came after the last whole second waits: it is none of them.
    private static let remainder = -1

    @discardableResult
    private func complete(_ second: LoadSecond, isWhole: Bool) -> IntervalRecord {
        let record = second.record()
        records.append(record)
        for index in watches.indices {
            if isWhole {
                watches[index]?.add(record, second.latency)
            } else {
                watches[index]?.addRemainder(record, second.latency)
            }
        }
        guard isWatched else { return record }
        if unread.count == Self.unreadLimit {
            unread.removeFirst()
            missedSeconds += 1
        }
        unread.append(
            CompletedSecond(
                record: record, startedAtMilliseconds: second.startedAtMilliseconds, histograms: second))
        return record
    }
}
