/// Prometheus's text exposition format 0.0.4, read more strictly than Prometheus does: help, type and samples of a
/// metric stand together, none comes twice, counters are named `_total`, histograms are whole.
struct PrometheusText {
    struct Sample: Hashable {
        let name: String
        let labels: [String: String]
        var value = 0.0
    }

    private(set) var types: [String: String] = [:]
    private(set) var samples: [Sample] = []

    init(parsing text: String) throws {
        guard text.hasSuffix("\n") else { throw TestFailure("the last line has no end") }
        var metric = ""
        var hasHelp = false
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("# HELP ") {
                guard let name = Self.words(line, 4)?[2] else { throw TestFailure("no help: \(line)") }
                guard types[name] == nil else { throw TestFailure("\(name) comes twice") }
                (metric, hasHelp) = (name, true)
            } else if line.hasPrefix("# TYPE ") {
                guard let words = Self.words(line, 4), words[2] == metric, hasHelp else {
                    throw TestFailure("a type without help: \(line)")
                }
                guard ["counter", "gauge", "histogram"].contains(words[3]) else { throw TestFailure("type: \(line)") }
                guard words[3] != "counter" || metric.hasSuffix("_total") else { throw TestFailure("name: \(line)") }
                types[metric] = words[3]
                hasHelp = false
            } else {
                try add(Self.sample(line), of: metric)
            }
        }
        try checkHistograms()
    }

    /// The value of one series, whose labels are these and no others.
    func value(_ name: String, _ labels: [String: String] = [:]) throws -> Double {
        let found = samples.filter { $0.name == name && $0.labels == labels }
        guard found.count == 1 else { throw TestFailure("\(name) \(labels): \(found.count) series") }
        return found[0].value
    }

    /// How many series a metric has.
    func seriesCount(_ name: String) -> Int { samples.count { $0.name == name } }

    /// At least `count` words, the last one being all the rest.
    private static func words(_ line: String, _ count: Int) -> [String]? {
        let words = line.split(separator: " ", maxSplits: count - 1, omittingEmptySubsequences: false).map(String.init)
        guard words.count == count, words.allSatisfy({ !$0.isEmpty }) else { return nil }
        return words
    }

    private mutating func add(_ sample: Sample, of metric: String) throws {
        guard let type = types[metric] else { throw TestFailure("\(sample.name) before its type") }
        let suffixes = type == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        guard suffixes.contains(where: { metric + $0 == sample.name }) else {
            throw TestFailure("\(sample.name) stands among \(metric)")
        }
        guard !samples.contains(where: { $0.name == sample.name && $0.labels == sample.labels }) else {
            throw TestFailure("\(sample.name) \(sample.labels) comes twice")
        }
        guard type == "gauge" || sample.value >= 0 else { throw TestFailure("\(sample) is below zero") }
        samples.append(sample)
    }

    /// `name value` or `name{label="value",…} value`; no label here has an escape, a comma or a brace in its value.
    private static func sample(_ line: String) throws -> Sample {
        let match = line.wholeMatch(of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{([^{}]*)\})? ([^ ]+)/)
        guard let match, let value = number(String(match.3)) else { throw TestFailure("no sample: \(line)") }
        var labels: [String: String] = [:]
        for label in (match.2 ?? "").split(separator: ",", omittingEmptySubsequences: false) where match.2 != nil {
            guard let parts = String(label).wholeMatch(of: /([a-zA-Z_][a-zA-Z0-9_]*)="([^"\\]*)"/) else {
                throw TestFailure("no label: \(line)")
            }
            guard labels.updateValue(String(parts.2), forKey: String(parts.1)) == nil else {
                throw TestFailure("a label comes twice: \(line)")
            }
        }
        return Sample(name: String(match.1), labels: labels, value: value)
    }

    private static func number(_ text: String) -> Double? {
        switch text {
        case "+Inf": Double.infinity
        case "-Inf": -Double.infinity
        case "NaN": Double.nan
        default: text.allSatisfy { "0123456789.eE+-".contains($0) } ? Double(text) : nil
        }
    }

    /// Buckets ascend, their counts do, the last one is `+Inf` and agrees with the count; there is a sum.
    private func checkHistograms() throws {
        for name in types.filter({ $0.value == "histogram" }).keys {
            let buckets = samples.filter { $0.name == "\(name)_bucket" }
            let series = Set(buckets.map { $0.labels.filter { $0.key != "le" } })
            guard !series.isEmpty else { throw TestFailure("\(name) has no buckets") }
            for labels in series {
                let own = buckets.filter { $0.labels.filter { $0.key != "le" } == labels }
                let bounds = own.compactMap { Self.number($0.labels["le"] ?? "") }
                guard bounds.count == own.count, bounds.last == Double.infinity,
                    zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }),
                    zip(own, own.dropFirst()).allSatisfy({ $0.value <= $1.value })
                else { throw TestFailure("\(name) \(labels) is not cumulative") }
                guard try value("\(name)_count", labels) == own.last?.value else {
                    throw TestFailure("\(name) \(labels): the count is not that of all buckets")
                }
                guard try value("\(name)_sum", labels) >= 0 else { throw TestFailure("\(name): the sum") }
            }
        }
    }
}
