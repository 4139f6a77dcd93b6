/// Reports of two moments make the figures of the time between; those of several loops make the server's.
extension LoopReport {
    private static var counters: [WritableKeyPath<LoopReport, Int>] {
        [\.kernelEntries, \.turns, \.receives, \.receivedBytes, \.sends, \.queuedBytes, \.stoppedSends]
    }

    private static var largeCounters: [WritableKeyPath<LoopReport, UInt64>] {
        [
            \.broadcasts, \.deliveredBytes, \.missedMessages, \.rounds, \.roundFrames, \.roundDeliveries,
            \.cpuUserNanoseconds, \.cpuSystemNanoseconds,
        ]
    }

    private static var optionalCounters: [WritableKeyPath<LoopReport, UInt64?>] {
        [\.allocations, \.allocatedBytes, \.copiedBytes, \.appendedBytes]
    }

    /// The counters less those of `earlier`; queues, connections and histograms as they are. What a peer reports may be
    /// anything: a counter that has gone back reads 0.
    package func since(_ earlier: LoopReport) -> LoopReport {
        combined(with: earlier) {
            $0 > $1 ? $0 - $1 : 0
        } large: {
            $0 > $1 ? $0 - $1 : 0
        }
    }

    /// The counters of both; queues, connections and histograms of this one.
    package func adding(_ other: LoopReport) -> LoopReport {
        combined(with: other) {
            $0 &+ $1
        } large: {
            $0 &+ $1
        }
    }

    private func combined(
        with other: LoopReport, _ combine: (Int, Int) -> Int, large: (UInt64, UInt64) -> UInt64
    ) -> LoopReport {
        var result = self
        for counter in Self.counters {
            result[keyPath: counter] = combine(self[keyPath: counter], other[keyPath: counter])
        }
        for counter in Self.largeCounters {
            result[keyPath: counter] = large(self[keyPath: counter], other[keyPath: counter])
        }
        for counter in Self.optionalCounters {
            guard let own = self[keyPath: counter], let others = other[keyPath: counter] else {
                result[keyPath: counter] = nil
                continue
            }
            result[keyPath: counter] = large(own, others)
        }
        return result
    }
}
