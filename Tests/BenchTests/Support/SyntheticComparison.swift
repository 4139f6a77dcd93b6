import Glibc
import Recording

@testable import Bench

/// A comparison that nobody measured, out of a model of the machine: what arms cost, the luck of each start, the noise
/// of each slice and a drift that is common to all.
struct SyntheticComparison {
    struct Arm {
        var name: String
        var cpuNanosecondsPerDelivery = 4_000.0
        var deliveriesPerSecond = 1_000_000.0
        var deliveriesPerRead = 10.0
        /// Of 98 in a hundred messages, the others take four times as long; nil where none is recorded.
        var completionNanoseconds: UInt64?
    }

    var arms: [Arm]
    var loads = [SliceLoad(clients: 100, messageBytes: 64, inFlight: 16)]
    var sets = 8
    var blocks = 24
    /// Standard deviations of logarithms: of each start of an arm, and of each of its slices.
    var startNoise = 0.0
    var sliceNoise = 0.0
    /// By what the machine is slower in a block, for all arms.
    var drift: (_ set: Int, _ block: Int) -> Double = { _, _ in 1 }
    /// Whatever else befalls a slice.
    var accident: (_ set: Int, _ slice: inout SliceRecord) -> Void = { _, _ in }

    func made(seed: UInt64 = 1) -> Comparison {
        var noise = Noise(seed: seed)
        var comparison = Comparison(
            startedAt: "2026-11-23T12:00:00.000Z", seed: 42, sliceNanoseconds: 30_000_000, serverCPUs: [1],
            loadCPUs: [0], generatorIO: "uring", generatorReadBytes: 65_536,
            arms: arms.map { Comparison.Arm(name: $0.name, path: "/relay", command: "./\($0.name) --port {port}") },
            machine: Self.machine)
        comparison.durationNanoseconds = 90_000_000_000
        for set in 0..<sets {
            for load in loads { comparison.sets.append(made(set, load, &noise)) }
        }
        return comparison
    }

    private func made(_ set: Int, _ load: SliceLoad, _ noise: inout Noise) -> SliceSet {
        let starts = arms.map { _ in exp(startNoise * noise.normal()) }
        var slices: [SliceRecord] = []
        for block in 0..<blocks {
            for (index, arm) in arms.enumerated() {
                let slowness = drift(set, block) * starts[index] * exp(sliceNoise * noise.heavyTailed())
                slices.append(slice(of: arm, index: index, block: block, slowness: slowness))
                accident(set, &slices[slices.count - 1])
            }
        }
        return SliceSet(
            set: set, load: load, slices: slices,
            completionHistograms: arms.map(Self.completions))
    }

    private static func completions(of arm: Arm) -> String {
        guard let nanoseconds = arm.completionNanoseconds else { return "" }
        let histogram = LatencyHistogram()
        for message in 0..<100 { histogram.record(message < 98 ? nanoseconds : 4 * nanoseconds) }
        return histogram.encodedV2()
    }

    private func slice(of arm: Arm, index: Int, block: Int, slowness: Double) -> SliceRecord {
        let deliveries = arm.deliveriesPerSecond * 0.03 / slowness
        return SliceRecord(
            block: block, arm: index, messages: Int(deliveries / 100), deliveries: Int(deliveries), faults: 0,
            elapsedNanoseconds: 30_000_000,
            serverCPUNanoseconds: Int(deliveries * arm.cpuNanosecondsPerDelivery * slowness),
            generatorCPUNanoseconds: 21_000_000, reads: Int(deliveries / arm.deliveriesPerRead),
            softirqNanoseconds: 0, serverWaitNanoseconds: 100_000, generatorWaitNanoseconds: 200_000,
            stealNanoseconds: 0)
    }

    static let machine = MachineDescription(
        cpu: "Example 9000", cores: 2, kernel: "Linux 6.18.5", distribution: "Debian 12", compiler: "Swift 6.3.1",
        commit: "0123456789", io: "uring", memoryBytes: 8 << 30, descriptorLimit: 65_536, loopbackMTU: 65_536)
}
