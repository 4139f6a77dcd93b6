import Testing

@testable import Bench

@Suite("ComparisonReport")
struct ComparisonReportTests {
    /// Three arms whose starts have their luck, and the last one's slices their accidents.
    private let model = SyntheticComparison(
        arms: [
            .init(name: "bare C", deliveriesPerSecond: 220_000, completionNanoseconds: 155_000),
            .init(
                name: "ours", cpuNanosecondsPerDelivery: 3_400, deliveriesPerSecond: 240_000,
                completionNanoseconds: 150_000),
            .init(
                name: "a|b", cpuNanosecondsPerDelivery: 200, deliveriesPerSecond: 4_400_000, deliveriesPerRead: 14.6),
        ],
        loads: [SliceLoad(clients: 1_000, messageBytes: 16_384, inFlight: 4)], blocks: 4,
        accident: { set, slice in
            slice.serverCPUNanoseconds += slice.serverCPUNanoseconds / 100 * (set * (slice.arm + 1) % 5)
            guard slice.arm == 2 else { return }
            slice.generatorCPUNanoseconds = 29_100_000
            if slice.block == 0 { slice.stealNanoseconds = 10_000_000 }
            if slice.block == 2, set == 5 { slice.faults = 12 }
        })

    private func report(_ change: (inout Comparison) -> Void = { _ in }) throws -> ComparisonReport {
        var comparison = model.made()
        change(&comparison)
        return ComparisonReport(try ComparisonResult(comparison))
    }

    @Test("the terminal's report")
    func text() throws {
        #expect(
            try report().text() == """
                started   2026-11-23T12:00:00.000Z
                compared  bare C, ours, a|b; ratios are to bare C
                measured  8 fresh sets of processes × 4 slices of 30.0 ms for each arm and load, in 90.0 s, seed 42
                machine   Example 9000, 2 cores, Linux 6.18.5, commit 0123456789
                pinning   servers on core 1, load on core 0 (uring, reads of at most 64 KiB)

                1,000 clients, 16 KiB, 4 in flight
                arm     CPU/delivery             ratio [95 %]      over sets  deliveries/s          ratio [95 %]  server busy  load busy  completion p50            p99  per read
                ------  ------------  -----------------------  -------------  ------------  --------------------  -----------  ---------  --------------  -------------  --------
                bare C      4,065 ns                        1                      220 k/s                     1         89 %       70 %          155 µs         620 µs      10.0
                ours        3,468 ns     0.854 [0.842, 0.863]    0.833–0.867       240 k/s  1.091 [1.091, 1.091]         83 %       70 %   150 µs ×0.968  600 µs ×0.968      10.0
                a|b           204 ns  0.0500 [0.0495, 0.0507]  0.0490–0.0510      4.40 M/s     20.0 [20.0, 20.0]         90 %       97 %             n/a            n/a      14.6
                  smallest change of CPU/delivery that shows, 4 times in 5: 1.8 % (ours), 1.8 % (a|b)
                  faulty: 'a|b' lost, repeated, reordered or changed 12 deliveries beside 4,224,000 good ones, or dropped clients: its figures do not count
                  generator-bound: the generator was 97 % busy with 'a|b', so deliveries/s measures the generator
                  coalesces differently: 14.6 deliveries a read from 'a|b', 10.0 from 'bare C': CPU per delivery compares rounds of different sizes
                  set aside: 8 of 32 pairs of slices of 'a|b' and 'bare C', where a core was missing for more than 5 % of one

                Figures are totals over all slices; ratios are those of slices of the same block, which leave drift out.
                The servers had one core: what several loops cost together does not show here.

                """)
    }

    @Test("the Markdown has the same figures, and the commands")
    func markdown() throws {
        #expect(
            try report().markdown() == """
                # Comparison of bare C, ours, a|b

                - started: 2026-11-23T12:00:00.000Z
                - compared: bare C, ours, a|b; ratios are to bare C
                - measured: 8 fresh sets of processes × 4 slices of 30.0 ms for each arm and load, in 90.0 s, seed 42
                - machine: Example 9000, 2 cores, Linux 6.18.5, commit 0123456789
                - pinning: servers on core 1, load on core 0 (uring, reads of at most 64 KiB)

                | arm | path | command |
                |---|---|---|
                | bare C | `/relay` | `./bare C --port {port}` |
                | ours | `/relay` | `./ours --port {port}` |
                | a\\|b | `/relay` | `./a\\|b --port {port}` |

                ## 1,000 clients, 16 KiB, 4 in flight

                | arm | CPU/delivery | ratio [95 %] | over sets | deliveries/s | ratio [95 %] | server busy | load busy | completion p50 | p99 | per read |
                |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
                | bare C | 4,065 ns | 1 |  | 220 k/s | 1 | 89 % | 70 % | 155 µs | 620 µs | 10.0 |
                | ours | 3,468 ns | 0.854 [0.842, 0.863] | 0.833–0.867 | 240 k/s | 1.091 [1.091, 1.091] | 83 % | 70 % | 150 µs ×0.968 | 600 µs ×0.968 | 10.0 |
                | a\\|b | 204 ns | 0.0500 [0.0495, 0.0507] | 0.0490–0.0510 | 4.40 M/s | 20.0 [20.0, 20.0] | 90 % | 97 % | n/a | n/a | 14.6 |

                - smallest change of CPU/delivery that shows, 4 times in 5: 1.8 % (ours), 1.8 % (a|b)
                - faulty: 'a|b' lost, repeated, reordered or changed 12 deliveries beside 4,224,000 good ones, or dropped clients: its figures do not count
                - generator-bound: the generator was 97 % busy with 'a|b', so deliveries/s measures the generator
                - coalesces differently: 14.6 deliveries a read from 'a|b', 10.0 from 'bare C': CPU per delivery compares rounds of different sizes
                - set aside: 8 of 32 pairs of slices of 'a|b' and 'bare C', where a core was missing for more than 5 % of one

                - Figures are totals over all slices; ratios are those of slices of the same block, which leave drift out.
                - The servers had one core: what several loops cost together does not show here.

                """)
    }

    @Test("inconclusive ratios are not shown, whatever they are")
    func inconclusive() throws {
        let text = try report { comparison in
            for set in comparison.sets.indices {
                for slice in comparison.sets[set].slices.indices {
                    comparison.sets[set].slices[slice].serverWaitNanoseconds = 3_000_000
                }
            }
        }.text()
        #expect(text.split(separator: "  ").count { $0.hasSuffix("inconclusive") } == 4)
        #expect(!text.contains("×0.9"))
        #expect(text.contains("inconclusive: set aside 32 of 32 pairs of slices of 'ours' and 'bare C'"))
    }

    @Test("a comparison that ended before its first load says why")
    func endedEarly() throws {
        let text = try report {
            $0.sets = []
            $0.failure = "arm 'ours': it ended (exit code 1)"
            $0.serverCPUs = [0, 1]
            $0.loadCPUs = [2, 3]
        }.text()
        #expect(text.contains("servers on cores 0, 1, load on cores 2, 3"))
        #expect(text.contains("\n\nended early: arm 'ours': it ended (exit code 1)\n"))
    }

    @Test("where servers and load may use the same cores no slice is set aside for waiting, and the report says so")
    func sharedCores() throws {
        for cores in [[], [0, 1]] {
            let text = try report { comparison in
                comparison.serverCPUs = cores
                comparison.loadCPUs = [1]
                for set in comparison.sets.indices {
                    for slice in comparison.sets[set].slices.indices {
                        comparison.sets[set].slices[slice].serverWaitNanoseconds = 9_000_000
                    }
                }
            }.text()
            #expect(text.contains("shared cores: "))
            #expect(!text.contains("inconclusive"))
        }
    }

    @Test("what is true of several arms takes one line, and ksoftirqd's share is told with the ratio that counts it")
    func together() throws {
        let text = try report { comparison in
            for set in comparison.sets.indices {
                for slice in comparison.sets[set].slices.indices {
                    let record = comparison.sets[set].slices[slice]
                    if record.block == 0 { comparison.sets[set].slices[slice].generatorWaitNanoseconds = 9_000_000 }
                    if record.arm > 0 {
                        comparison.sets[set].slices[slice].softirqNanoseconds = record.serverCPUNanoseconds / 2
                    }
                }
            }
        }.text()
        #expect(
            text.contains("pairs set aside, as a core was missing for more than 5 % of one: ours 8 of 32, a|b 8 of 32"))
        #expect(text.contains("charged to no process, a delivery: ours 1734 ns (ratio with it 1.280), a|b "))
    }

    @Test("without six sets the ratios stand without intervals")
    func fewSets() throws {
        let text = try report { $0.sets.removeLast(3) }.text()
        #expect(!text.contains("[0."))
        #expect(text.contains("too few sets for an interval: 5, it takes 6"))
    }
}
