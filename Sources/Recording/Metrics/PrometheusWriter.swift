/// Writes metrics in Prometheus's text exposition format, version 0.0.4.
///
/// Each metric is written once, with all its series: help and type stand before them, as the format wants it. Names of
/// metrics and labels are the programmer's and not checked; those of counters end in `_total`, durations are seconds.
package struct PrometheusWriter {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func counter(_ name: String, help: String, _ series: [PrometheusSeries<UInt64>]) {
        head(name, help, type: "counter")
        for one in series { line(name, labels(one.labels), String(one.value)) }
    }

    package mutating func counter(_ name: String, help: String, _ value: UInt64) {
        counter(name, help: help, [PrometheusSeries([:], value)])
    }

    package mutating func gauge(_ name: String, help: String, _ series: [PrometheusSeries<Double>]) {
        head(name, help, type: "gauge")
        for one in series { line(name, labels(one.labels), Self.number(one.value)) }
    }

    package mutating func gauge(_ name: String, help: String, _ value: Double) {
        gauge(name, help: help, [PrometheusSeries([:], value)])
    }

    /// Durations, written in seconds.
    package mutating func histogram(_ name: String, help: String, _ series: [PrometheusSeries<PrometheusHistogram>]) {
        head(name, help, type: "histogram")
        for one in series { durations(name, labels(one.labels), one.value) }
    }

    package mutating func histogram(_ name: String, help: String, _ value: PrometheusHistogram) {
        histogram(name, help: help, [PrometheusSeries([:], value)])
    }

    /// Buckets are cumulative: each counts all durations up to its bound, the last one all there are.
    private mutating func durations(_ name: String, _ labels: [String], _ histogram: PrometheusHistogram) {
        let bounds = histogram.boundsNanoseconds.map { Self.number(Double($0) / 1e9) } + ["+Inf"]
        var total: UInt64 = 0
        for (bound, count) in zip(bounds, histogram.counts) {
            total &+= count
            line("\(name)_bucket", labels + ["le=\"\(bound)\""], String(total))
        }
        line("\(name)_sum", labels, Self.number(histogram.sumNanoseconds / 1e9))
        line("\(name)_count", labels, String(total))
    }

    private mutating func head(_ name: String, _ help: String, type: String) {
        bytes.append(contentsOf: "# HELP \(name) \(Self.escaped(help, quotes: false))\n".utf8)
        bytes.append(contentsOf: "# TYPE \(name) \(type)\n".utf8)
    }

    private mutating func line(_ name: String, _ labels: [String], _ value: String) {
        let list = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
        bytes.append(contentsOf: "\(name)\(list) \(value)\n".utf8)
    }

    private func labels(_ labels: KeyValuePairs<String, String>) -> [String] {
        labels.map { "\($0.key)=\"\(Self.escaped($0.value, quotes: true))\"" }
    }

    /// Backslashes and line feeds are escaped everywhere, quotes in the values of labels.
    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Numbers as Go reads them; whole ones without a fraction.
    private static func number(_ value: Double) -> String {
        if let whole = Int64(exactly: value) { return String(whole) }
        if value.isNaN { return "NaN" }
        guard value.isInfinite else { return String(value) }
        return value < 0 ? "-Inf" : "+Inf"
    }
}
