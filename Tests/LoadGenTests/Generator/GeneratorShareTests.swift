import Recording
import Testing

@testable import LoadGen

@Suite("GeneratorShare")
struct GeneratorShareTests {
    private func usage(at: UInt64, cpu: UInt64, wait: UInt64 = 0, steal: UInt64 = 0) -> GeneratorUsage {
        GeneratorUsage(
            at: MonotonicInstant(nanoseconds: at), cpuNanoseconds: cpu, runQueueWaitNanoseconds: wait,
            stealNanoseconds: steal, serverCPUNanoseconds: nil)
    }

    @Test("of the time between two readings, not since the beginning")
    func difference() {
        let share = GeneratorShare(
            from: usage(at: 1_000, cpu: 700, wait: 300), to: usage(at: 2_000, cpu: 1_450, wait: 500), cores: 2)
        #expect(share == GeneratorShare(busyFraction: 0.75, waitingFraction: 0.2))
    }

    @Test("a thread is charged its core's part of what the hypervisor took")
    func steal() {
        let start = usage(at: 0, cpu: 0, steal: 5_000)
        #expect(
            GeneratorShare(from: start, to: usage(at: 1_000, cpu: 0, steal: 5_400), cores: 4).waitingFraction == 0.1)
        #expect(
            GeneratorShare(from: start, to: usage(at: 1_000, cpu: 0, steal: 5_400), cores: 0).waitingFraction == 0.4)
    }

    @Test("no time, or counters that went back, are nothing")
    func nothing() {
        let start = usage(at: 1_000, cpu: 100, wait: 100, steal: 100)
        #expect(GeneratorShare(from: start, to: start, cores: 1) == .zero)
        #expect(GeneratorShare(from: start, to: usage(at: 500, cpu: 200, wait: 200), cores: 1) == .zero)
        #expect(GeneratorShare(from: start, to: usage(at: 2_000, cpu: 0, wait: 0, steal: 0), cores: 1) == .zero)
    }
}
