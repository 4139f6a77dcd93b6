import Glibc
import Recording
import Testing

@testable import Bench

@Suite("GateSet")
struct GateSetTests {
    private static let loads = Dictionary(
        uniqueKeysWithValues: GateLoad.allCases.map { ($0, $0.load(openLoopRatePerSecond: 500)) })

    /// One pair of processes; the candidate needs a quarter more.
    private static func model(_ loads: GateLoad...) -> SyntheticComparison {
        var model = SyntheticComparison(
            arms: [.init(name: "baseline"), .init(name: "candidate", cpuNanosecondsPerDelivery: 5_000)])
        model.loads = loads.compactMap { Self.loads[$0] }
        model.sets = 1
        return model
    }

    private static func made(_ sets: [SliceSet], _ connections: [ArmConnection] = []) throws -> GateSet {
        try GateSet(set: 3, sets, loads: loads, connections: connections)
    }

    @Test("a known ratio is recovered under noise and drift, each load's under its own name")
    func ratio() throws {
        var model = Self.model(.inFlight1, .kib16)
        model.sliceNoise = 0.005
        model.drift = { _, block in 1 + Double(block) / 24 }
        let set = try Self.made(model.made().sets)
        #expect(set.set == 3)
        #expect(set.pairs == 48)
        #expect(set.pairsSetAside == 0)
        for name in ["cpu.inFlight1", "cpu.16KiB"] {
            #expect(abs(try #require(set.readings[name]).logRatio - log(1.25)) < 0.01, "\(name)")
        }
        #expect(
            Set(set.readings.keys) == [
                "cpu.inFlight1", "cpu.16KiB", "deliveriesPerSecond.inFlight1", "deliveriesPerSecond.16KiB",
            ])
    }

    @Test("each arm's own figure stands beside the ratio")
    func figures() throws {
        let reading = try #require(try Self.made(Self.model(.openLoop).made().sets).readings["cpu.openLoop"])
        #expect(reading.baseline == 4_000)
        #expect(reading.candidate == 5_000)
    }

    @Test("a load of which more than half was disturbed leaves its metrics out, and no other's")
    func mostlyDisturbed() throws {
        var sets = Self.model(.inFlight1, .kib16).made().sets
        Self.disturb(&sets[0], blocks: 13)
        let set = try Self.made(sets)
        #expect(set.readings["cpu.inFlight1"] == nil)
        #expect(set.readings["deliveriesPerSecond.inFlight1"] == nil)
        #expect(set.readings["cpu.16KiB"] != nil)
        #expect(set.pairs == 48)
        #expect(set.pairsSetAside == 13)
    }

    @Test("up to half of the pairs may be set aside, and what was disturbed is in no figure")
    func halfDisturbed() throws {
        var sets = Self.model(.inFlight1).made().sets
        Self.disturb(&sets[0], blocks: 12)
        let set = try Self.made(sets)
        #expect(set.pairsSetAside == 12)
        let reading = try #require(set.readings["cpu.inFlight1"])
        #expect(abs(reading.logRatio - log(1.25)) < 1e-9)
        #expect(reading.candidate == 5_000)
    }

    /// Somebody else had the core in the candidate's slices, which cost ten times as much.
    private static func disturb(_ set: inout SliceSet, blocks: Int) {
        for index in set.slices.indices where set.slices[index].block < blocks && set.slices[index].arm == 1 {
            set.slices[index].stealNanoseconds = 1_500_001
            set.slices[index].serverCPUNanoseconds *= 10
        }
    }

    @Test("what ksoftirqd did for a server is part of its processor time")
    func softirq() throws {
        var model = Self.model(.inFlight1)
        model.accident = { _, slice in
            // What the candidate saves, the kernel's thread does.
            if slice.arm == 0 { slice.softirqNanoseconds = slice.serverCPUNanoseconds / 4 }
        }
        let reading = try #require(try Self.made(model.made().sets).readings["cpu.inFlight1"])
        #expect(abs(reading.logRatio) < 1e-9)
        #expect(reading.baseline == 5_000)
    }

    @Test("deliveries a second")
    func deliveriesPerSecond() throws {
        var model = Self.model(.inFlight16)
        model.arms[1].deliveriesPerSecond = 500_000
        let reading = try #require(
            try Self.made(model.made().sets).readings["deliveriesPerSecond.inFlight16"])
        #expect(abs(reading.logRatio - log(0.5)) < 1e-9)
        #expect(reading.baseline == 1_000_000)
        #expect(reading.candidate == 500_000)
    }

    @Test("percentiles of completion, where both arms recorded it")
    func completions() throws {
        var model = Self.model(.inFlight1)
        model.arms[0].completionNanoseconds = 200_000
        #expect(try Self.made(model.made().sets).readings["completionP50.inFlight1"] == nil)
        model.arms[1].completionNanoseconds = 400_000
        let readings = try Self.made(model.made().sets).readings
        let median = try #require(readings["completionP50.inFlight1"])
        #expect(abs(median.logRatio - log(2)) < 0.002)
        #expect(abs(median.candidate - 400_000) < 400)
        let high = try #require(readings["completionP99.inFlight1"])
        #expect(abs(high.logRatio - log(2)) < 0.002)
        #expect(abs(high.baseline - 800_000) < 800)
    }

    @Test("a damaged histogram is an error, not a figure")
    func damaged() {
        var sets = Self.model(.inFlight1).made().sets
        sets[0].completionHistograms[1] = "?"
        #expect(throws: HistogramDecodingError.notBase64) { try Self.made(sets) }
    }

    private static func connection(
        arm: Int, clients: Int = 1_000, milliseconds: Int = 500, before: UInt64? = 10_000_000,
        after: UInt64? = 14_000_000
    ) -> ArmConnection {
        ArmConnection(
            clients: clients, arm: arm, elapsedNanoseconds: milliseconds * 1_000_000, residentBytesBefore: before,
            residentBytesAfter: after)
    }

    @Test("memory for a client and clients a second, of the thousand alone")
    func connections() throws {
        let set = try Self.made(
            [],
            [
                Self.connection(arm: 0, clients: 100, milliseconds: 1, after: 90_000_000),
                Self.connection(arm: 1, milliseconds: 250, after: 18_000_000),
                Self.connection(arm: 0),
            ])
        let memory = try #require(set.readings["memoryPerClient"])
        #expect(memory.baseline == 4_000)
        #expect(memory.candidate == 8_000)
        #expect(abs(memory.logRatio - log(2)) < 1e-12)
        let rate = try #require(set.readings["connectRate"])
        #expect(rate.baseline == 2_000)
        #expect(rate.candidate == 4_000)
        #expect(abs(rate.logRatio - log(2)) < 1e-12)
    }

    @Test(
        "memory that did not grow or cannot be read says nothing; the rate still does",
        arguments: [(10_000_000, 10_000_000), (10_000_000, 9_000_000), (nil, 14_000_000), (10_000_000, nil)]
            as [(UInt64?, UInt64?)])
    func noMemory(before: UInt64?, after: UInt64?) throws {
        let set = try Self.made(
            [], [Self.connection(arm: 0), Self.connection(arm: 1, before: before, after: after)])
        #expect(set.readings["memoryPerClient"] == nil)
        #expect(set.readings["connectRate"] != nil)
    }

    @Test("an arm that connected no thousand clients has no figures for it")
    func notConnected() throws {
        let set = try Self.made([], [Self.connection(arm: 0), Self.connection(arm: 1, clients: 100)])
        #expect(set.readings.isEmpty)
    }
}
