import Recording

/// What the text says of the generator: a mark on what it may have caused itself, and how it fared.
extension RunText {
    /// Behind every latency of a run whose generator did not keep up: the figure is not the server's.
    static func mark(_ result: RunResult) -> String {
        result.generator.verdict == .saturated ? "  INVALID" : ""
    }

    /// How late the generator itself was; nil where nothing was measured.
    static func generatorLine(_ result: RunResult) -> String? {
        let generator = result.generator
        var parts: [String] = []
        if result.rates.requestedPerSecond != nil || result.plan.ratePerSecond != nil {
            parts.append("schedule p99 \(HumanFormat.nanoseconds(generator.scheduleLagP99Nanoseconds)) late")
        }
        if let lag = generator.loopLagP99Nanoseconds {
            parts.append("loop p99 \(HumanFormat.nanoseconds(lag)) away")
        }
        if let backlog = generator.receiveBacklogP99Bytes {
            parts.append("\(HumanFormat.bytes(backlog)) waiting at p99")
        }
        if let queue = generator.receiveQueue, let p50 = queue.p50Nanoseconds, let p99 = queue.p99Nanoseconds {
            parts.append(
                "of each latency its own queue p50 \(HumanFormat.nanoseconds(p50)), "
                    + "p99 \(HumanFormat.nanoseconds(p99)) (\(HumanFormat.count(queue.count)) kernel stamps)")
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
