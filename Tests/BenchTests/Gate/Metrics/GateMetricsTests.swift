import Testing

@testable import Bench

@Suite("A gate's metrics")
struct GateMetricsTests {
    private static var all: [GateMetric] {
        SliceMetric.all.map(\.metric) + ConnectionMetric.allCases.map(\.metric) + ExactCount.allCases.map(\.metric)
    }

    @Test("every name stands once")
    func names() {
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
    }

    @Test("what decides by its interval is processor time, under four loads")
    func deciding() {
        #expect(
            Self.all.filter { $0.kind == .timing }.map(\.name) == [
                "cpu.inFlight1", "cpu.inFlight16", "cpu.16KiB", "cpu.openLoop",
            ])
        #expect(Self.all.filter { $0.kind == .timing && $0.isRequired }.map(\.name) == ["cpu.inFlight1"])
    }

    @Test("rates are better when higher, everything else when lower")
    func better() {
        for metric in Self.all {
            let isRate = metric.name.hasPrefix("deliveriesPerSecond") || metric.name == "connectRate"
            #expect(metric.better == (isRate ? .higher : .lower), "\(metric.name)")
        }
    }

    @Test("names that can be asked for are those of what is only shown")
    func shownNames() {
        #expect(GatePlan.shownNames.contains("completionP99.openLoop"))
        #expect(GatePlan.shownNames.contains("memoryPerClient"))
        #expect(!GatePlan.shownNames.contains("cpu.inFlight1"))
        #expect(!GatePlan.shownNames.contains("allocations"))
    }

    @Test("a metric's name ends in that of its load")
    func loads() {
        for metric in SliceMetric.all { #expect(metric.metric.name.hasSuffix(".\(metric.load.rawValue)")) }
    }
}
