import Glibc
import Testing

@testable import Bench

@Suite("HistorySeries")
struct HistorySeriesTests {
    @Test("a timing is an index from 100, a count the count")
    func values() throws {
        let series = HistorySeries.all(
            SyntheticHistory.lines([[0.1, 0.1, 0.1, 0.1], [0.1, 0.1, 0.1, 0.1]], counts: [100, 104]))
        #expect(series.map(\.name) == ["cpu", "sends"])
        let levels = series[0].points.map(\.value)
        #expect(abs(levels[0] - 100 * exp(0.1)) < 1e-9)
        #expect(abs(levels[1] - 100 * exp(0.2)) < 1e-9)
        #expect(series[1].points.map(\.value) == [100, 104])
        #expect(series[1].steps == [HistoryStep(point: 1, change: 4)])
    }

    @Test("the interval is that of the commit's own change, from where its baseline is")
    func interval() throws {
        let lines = SyntheticHistory.noisy(2, seed: 3)
        let points = HistorySeries.all(lines)[0].points
        let metric = lines[1].metrics[0]
        let (low, high) = (try #require(metric.low), try #require(metric.high))
        let interval = try #require(points[1].interval)
        #expect(abs(interval.lowerBound - points[0].value * (1 + low / 100)) < 1e-9)
        #expect(abs(interval.upperBound - points[0].value * (1 + high / 100)) < 1e-9)
        let bands = points.compactMap(\.band).map { $0.upperBound - $0.lowerBound }
        #expect(bands[1] > bands[0])
    }

    @Test("a step of 6 % is found at its commit, and how large it is", arguments: 1...8)
    func step(seed: Int) throws {
        let lines = SyntheticHistory.noisy(40, seed: UInt64(seed), changes: [22: 0.06])
        let steps = HistorySeries.all(lines)[0].steps
        #expect(steps.map(\.point) == [22])
        #expect(abs(try #require(steps.first).change - 6.2) < 2)
    }

    @Test("an index that only drifts as errors add up has no steps")
    func drift() {
        let found = (1...20).map { HistorySeries.all(SyntheticHistory.noisy(40, seed: UInt64($0)))[0].steps.count }
        #expect(found.reduce(0, +) == 0)
    }

    @Test("what cannot be is left out", arguments: [-100, -250, 1e308, -Double.infinity, .nan])
    func impossible(change: Double) {
        var lines = SyntheticHistory.noisy(3, seed: 1)
        lines[1].metrics[0].changePercent = change
        lines[1].metrics[1].candidate = nil
        let series = HistorySeries.all(lines)
        #expect(series[0].points.map(\.line) == [0, 2])
        #expect(series[1].points.map(\.line) == [0, 2])
        #expect(HistorySeries.all([]).isEmpty)
    }
}
