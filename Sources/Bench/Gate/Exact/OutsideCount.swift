/// System calls of a server's processes, counted by the kernel while batches of rounds went through.
package struct OutsideCount: Codable, Equatable, Sendable {
    /// More calls than this, a round, cannot be explained by what a server does now and then.
    static let toleratedPerRound = 0.1

    /// `perf stat` or `strace`.
    package var tool: String
    package var roundsPerBatch: Int
    /// Of each batch.
    package var calls: [Int]
    /// The server's own count of the same batches; empty where it keeps none.
    package var reported: [Int]

    package init(tool: String, roundsPerBatch: Int, calls: [Int], reported: [Int]) {
        self.tool = tool
        self.roundsPerBatch = roundsPerBatch
        self.calls = calls
        self.reported = reported
    }

    /// How far from a whole number of calls a batch's mean may be and count as that: by what happens once in many rounds,
    /// as a timer does. A server that makes 100.4 calls a round has no exact count.
    private static let toleratedFraction = 0.15

    /// Calls a round, batch by batch.
    package var counts: RoundCounts {
        RoundCounts(
            batchMedians: calls.map { calls in
                let mean = Double(calls) / Double(roundsPerBatch)
                return abs(mean - mean.rounded()) <= Self.toleratedFraction ? mean.rounded() : mean
            })
    }

    /// By how many calls a round the server's own count is off; nil where it keeps none.
    package var disagreementPerRound: Double? {
        guard !reported.isEmpty, reported.count == calls.count, roundsPerBatch > 0 else { return nil }
        // The median, since one batch may have a second's housekeeping in it, in which calls are made that are not
        // counted.
        let differences = zip(calls, reported).map { Double($0 - $1) / Double(roundsPerBatch) }.sorted()
        return differences[differences.count / 2]
    }

    package var isContradicted: Bool { disagreementPerRound.map { abs($0) > Self.toleratedPerRound } ?? false }
}
