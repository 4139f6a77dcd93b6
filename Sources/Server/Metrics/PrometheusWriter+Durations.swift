import Recording

/// The server's own histograms of durations, as Prometheus reads them.
extension PrometheusWriter {
    /// Durations, written in seconds.
    mutating func histogram(_ name: String, help: String, _ series: [PrometheusSeries<DurationSnapshot>]) {
        histogram(name, help: help, series.map { PrometheusSeries($0.labels, PrometheusHistogram($0.value)) })
    }

    mutating func histogram(_ name: String, help: String, _ value: DurationSnapshot) {
        histogram(name, help: help, PrometheusHistogram(value))
    }
}

extension PrometheusHistogram {
    fileprivate init(_ snapshot: DurationSnapshot) {
        self.init(
            boundsNanoseconds: DurationHistogram.boundsNanoseconds, counts: snapshot.counts,
            sumNanoseconds: Double(snapshot.sumNanoseconds))
    }
}
