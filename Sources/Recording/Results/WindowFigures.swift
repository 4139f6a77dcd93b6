/// What was measured within some seconds of a run that follow one another.
///
/// Owner: one thread. Size: that of its histogram.
struct WindowFigures {
    let latency = LatencyHistogram()
    var seconds = 0
    var published = 0
    var expected = 0
    var received = 0
    var lost = 0
    var duplicated = 0
    var reordered = 0
    var receivedBytes = 0

    mutating func add(_ record: IntervalRecord, _ latency: LatencyHistogram) {
        self.latency.merge(latency)
        count(record, sign: 1)
    }

    /// Takes away a second that was added.
    mutating func remove(_ record: IntervalRecord, _ latency: LatencyHistogram) {
        self.latency.subtract(latency)
        count(record, sign: -1)
    }

    private mutating func count(_ record: IntervalRecord, sign: Int) {
        seconds += sign
        published += sign * record.published
        expected += sign * (record.expected ?? 0)
        received += sign * record.received
        lost += sign * (record.lost ?? 0)
        duplicated += sign * (record.duplicated ?? 0)
        reordered += sign * (record.reordered ?? 0)
        receivedBytes += sign * (record.receivedBytes ?? 0)
    }
}
