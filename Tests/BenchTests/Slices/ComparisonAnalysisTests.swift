import Recording
import Testing

@testable import Bench

@Suite("ComparisonAnalysis")
struct ComparisonAnalysisTests {
    private var model: SyntheticComparison {
        SyntheticComparison(arms: [.init(name: "ours"), .init(name: "theirs", cpuNanosecondsPerDelivery: 5_000)])
    }

    private func load(_ model: SyntheticComparison) throws -> LoadAnalysis {
        try #require(try ComparisonAnalysis(model.made()).loads.first)
    }

    private func kinds(_ model: SyntheticComparison) throws -> [ComparisonWarning.Kind] {
        try load(model).warnings.map(\.kind)
    }

    @Test("an arm's figures are totals over totals, its percentiles those of all sets together")
    func figures() throws {
        var model = model
        model.arms[1].completionNanoseconds = 200_000
        let load = try load(model)
        #expect(load.sets == 8)
        #expect(load.warnings.isEmpty)
        let arm = load.arms[1]
        #expect(arm.slices == 192)
        #expect(arm.deliveries == 192 * 30_000)
        #expect(arm.serverCPUNanosecondsPerDelivery == 5_000)
        #expect(arm.deliveriesPerSecond == 1_000_000)
        #expect(arm.deliveriesPerRead == 10)
        #expect(arm.serverBusyFraction == 5)
        #expect(arm.generatorBusyFraction == 0.7)
        #expect(abs((arm.completionP50Nanoseconds ?? 0) - 200_000) < 200)
        #expect(abs((arm.completionP99Nanoseconds ?? 0) - 800_000) < 800)
    }

    @Test("totals weigh each slice by what was delivered in it")
    func totals() throws {
        var model = model
        model.accident = { _, slice in
            if slice.block == 0 { slice.deliveries *= 10 }
        }
        // 23 slices of 30,000 and one of 300,000, for the CPU of 24 times 30,000.
        #expect(abs(try #require(try load(model).arms[0].serverCPUNanosecondsPerDelivery) - 4_000 * 24 / 33) < 1)
    }

    @Test("ratios are to the first arm, which has none itself")
    func ratios() throws {
        var model = model
        model.arms[1].deliveriesPerSecond = 500_000
        model.arms[0].completionNanoseconds = 200_000
        model.arms[1].completionNanoseconds = 400_000
        let load = try load(model)
        #expect(load.arms[0].againstFirst == nil)
        let ratios = try #require(load.arms[1].againstFirst)
        #expect(ratios.isConclusive)
        #expect(ratios.pairs == 192)
        #expect(ratios.pairsSetAside == 0)
        #expect(abs(try #require(ratios.serverCPUPerDelivery).ratio - 1.25) < 1e-6)
        #expect(abs(try #require(ratios.deliveriesPerSecond).ratio - 0.5) < 1e-6)
        #expect(abs(try #require(ratios.completionP50).ratio - 2) < 0.002)
        #expect(abs(try #require(ratios.completionP99).ratio - 2) < 0.002)
        #expect(ratios.serverCPUPerDelivery?.setRatios.count == 8)
    }

    @Test("a pair in which a core was missing on either side is set aside", arguments: [0, 1])
    func setAside(arm: Int) throws {
        for wait in [\SliceRecord.serverWaitNanoseconds, \.generatorWaitNanoseconds, \.stealNanoseconds] {
            var model = model
            model.accident = { _, slice in
                if slice.block < 12, slice.arm == arm {
                    slice[keyPath: wait] = 1_500_001
                    slice.serverCPUNanoseconds *= 3
                }
            }
            let load = try load(model)
            let ratios = try #require(load.arms[1].againstFirst)
            #expect(ratios.pairsSetAside == 96)
            #expect(ratios.isConclusive)
            #expect(abs(try #require(ratios.serverCPUPerDelivery).ratio - 1.25) < 1e-6)
            #expect(load.warnings.map(\.kind) == [.setAside])
        }
    }

    @Test("more than half set aside is inconclusive, and a wait of just 5 % is none")
    func inconclusive() throws {
        var model = model
        model.accident = { set, slice in
            if slice.block < 12 || (set == 0 && slice.block == 12) { slice.stealNanoseconds = 1_500_001 }
        }
        let load = try load(model)
        #expect(load.arms[1].againstFirst?.isConclusive == false)
        #expect(load.warnings.map(\.kind) == [.inconclusive])
        model.accident = { _, slice in slice.stealNanoseconds = 1_500_000 }
        #expect(try kinds(model).isEmpty)
    }

    @Test("when nothing at all is left there is no ratio")
    func nothingLeft() throws {
        var model = model
        model.accident = { _, slice in slice.stealNanoseconds = 15_000_000 }
        let ratios = try #require(try load(model).arms[1].againstFirst)
        #expect(ratios.serverCPUPerDelivery == nil)
        #expect(!ratios.isConclusive)
        model.accident = { _, slice in slice.serverCPUNanoseconds = 0 }
        #expect(try kinds(model) == [.inconclusive])
    }

    @Test("an arm that loses or repeats is named with how much")
    func faults() throws {
        var model = model
        model.accident = { set, slice in if set == 1, slice.block == 1, slice.arm == 1 { slice.faults = 3 } }
        let load = try load(model)
        #expect(load.arms.map(\.faults) == [0, 3])
        #expect(load.warnings.map(\.kind) == [.faults])
        #expect(load.warnings.first?.arm == "theirs")
        #expect(load.warnings.first?.text.contains("changed 3 deliveries") == true)
    }

    @Test("a difference in coalescing of more than a quarter is told, in either direction")
    func coalescing() throws {
        var model = model
        for (perRead, expected) in [(12.4, []), (12.6, [ComparisonWarning.Kind.coalescing]), (7.9, [.coalescing])] {
            model.arms[1].deliveriesPerRead = perRead
            #expect(try kinds(model) == expected)
        }
    }

    @Test("a generator busier than 90 % is told for the arm that it was busy with")
    func generatorBound() throws {
        var model = model
        model.accident = { _, slice in if slice.arm == 0 { slice.generatorCPUNanoseconds = 27_300_000 } }
        let warnings = try load(model).warnings
        #expect(warnings.map(\.kind) == [.generatorBound])
        #expect(warnings.first?.arm == "ours")
        #expect(warnings.first?.text.contains("91 %") == true)
    }

    @Test("five sets give ratios without intervals")
    func fewSets() throws {
        var model = model
        model.sets = 5
        #expect(try kinds(model) == [.fewSets])
        #expect(try load(model).arms[1].againstFirst?.serverCPUPerDelivery?.interval == nil)
    }

    @Test("a slice without its counterpart is in the totals and in no pair")
    func unpaired() throws {
        var comparison = model.made()
        comparison.sets[7].slices.removeAll { $0.arm == 1 && $0.block > 0 }
        let arms = try ComparisonAnalysis(comparison).loads[0].arms
        #expect(arms.map(\.slices) == [192, 169])
        #expect(arms[1].againstFirst?.pairs == 169)
    }

    @Test("records that name no arm, an arm without records and missing histograms are survived")
    func oddRecords() throws {
        var comparison = model.made()
        for index in comparison.sets.indices {
            comparison.sets[index].completionHistograms = ["", ""].dropLast(index % 3)
            comparison.sets[index].slices.removeAll { $0.arm == 1 }
            comparison.sets[index].slices[0].arm = .max
            comparison.sets[index].slices[1].serverCPUNanoseconds = .max
            comparison.sets[index].slices[2].deliveries = .min
        }
        let load = try ComparisonAnalysis(comparison).loads[0]
        #expect(load.arms[0].completionP50Nanoseconds == nil)
        #expect(load.arms[1].deliveriesPerSecond == nil)
        #expect(load.warnings.map(\.kind) == [.notMeasured])
    }

    @Test("a damaged histogram is an error, not a figure")
    func damaged() {
        var comparison = model.made()
        comparison.sets[0].completionHistograms[0] = "?"
        #expect(throws: HistogramDecodingError.notBase64) { try ComparisonAnalysis(comparison) }
    }

    @Test("loads are reported in an order of their own, not in that of the measurement")
    func loadOrder() throws {
        var model = model
        model.loads = [
            SliceLoad(clients: 100, messageBytes: 16_384, inFlight: 4),
            SliceLoad(clients: 1_000, messageBytes: 64, inFlight: 4),
            SliceLoad(clients: 100, messageBytes: 64, inFlight: 16),
            SliceLoad(clients: 100, messageBytes: 64, inFlight: 1),
        ]
        #expect(try ComparisonAnalysis(model.made()).loads.map(\.load) == model.loads.reversed())
    }
}
