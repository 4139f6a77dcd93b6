import Glibc

/// What one fresh pair of processes said about every metric: the unit that varies from start to start.
package struct GateSet: Codable, Equatable, Sendable {
    /// One metric in this pair.
    package struct Reading: Codable, Equatable, Sendable {
        /// Each arm's own figure; how these drift does not matter.
        package var baseline: Double
        package var candidate: Double
        /// Of candidate over baseline, from slices of the same block.
        package var logRatio: Double

        package init(baseline: Double, candidate: Double, logRatio: Double) {
            self.baseline = baseline
            self.candidate = candidate
            self.logRatio = logRatio
        }
    }

    package var set: Int
    package var readings: [String: Reading]
    /// Pairs of slices, and those of them that were set aside, since somebody else had the core.
    package var pairs: Int
    package var pairsSetAside: Int

    package init(set: Int, readings: [String: Reading], pairs: Int, pairsSetAside: Int) {
        self.set = set
        self.readings = readings
        self.pairs = pairs
        self.pairsSetAside = pairsSetAside
    }

    /// - Parameters:
    ///   - sets: of one pair of processes, baseline first.
    ///   - loads: which load has which name.
    /// - Throws: `HistogramDecodingError` where a record is damaged.
    package init(
        set: Int, _ sets: [SliceSet], loads: [GateLoad: SliceLoad], connections: [ArmConnection]
    ) throws {
        self.init(set: set, readings: [:], pairs: 0, pairsSetAside: 0)
        for (load, sliceLoad) in loads {
            guard let slices = sets.first(where: { $0.load == sliceLoad }) else { continue }
            let measured = SlicePair.pairs(in: slices, arm: 1)
            let kept = measured.filter { !$0.isDisturbed }
            pairs += measured.count
            pairsSetAside += measured.count - kept.count
            // A figure from the rest of a pair that was mostly disturbed would be that of the disturbance.
            guard kept.count * 2 >= measured.count else { continue }
            for metric in SliceMetric.all where metric.load == load {
                readings[metric.metric.name] = try Self.reading(metric.figure, slices, kept)
            }
        }
        for metric in ConnectionMetric.allCases {
            readings[metric.metric.name] = Self.reading(metric, connections)
        }
    }

    private static func reading(
        _ figure: SliceMetric.Figure, _ slices: SliceSet, _ kept: [SlicePair]
    ) throws -> Reading? {
        guard let baseline = try figure.value(in: slices, of: kept.map(\.first)),
            let candidate = try figure.value(in: slices, of: kept.map(\.other))
        else { return nil }
        // Slices of the same block have the machine's drift in common; a percentile needs more than a slice has.
        let logRatio = figure.ofSlice.flatMap { figure in
            HodgesLehmann.estimate(kept.compactMap { $0.logRatio(figure) })
        }
        return Reading(baseline: baseline, candidate: candidate, logRatio: logRatio ?? log(candidate / baseline))
    }

    private static func reading(_ metric: ConnectionMetric, _ connections: [ArmConnection]) -> Reading? {
        let figures = (0...1).map { arm in
            connections.first { $0.arm == arm && $0.clients == GateLoad.thousand }.flatMap(metric.figure)
        }
        guard let baseline = figures[0], let candidate = figures[1] else { return nil }
        return Reading(baseline: baseline, candidate: candidate, logRatio: log(candidate / baseline))
    }
}
