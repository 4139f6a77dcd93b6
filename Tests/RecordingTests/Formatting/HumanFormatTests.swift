import Recording
import Testing

@Suite("HumanFormat")
struct HumanFormatTests {
    @Test(
        "times take the unit of their size",
        arguments: [
            (0, "0 ns"), (812, "812 ns"), (999, "999 ns"), (1_000, "1.00 µs"), (4_050, "4.05 µs"),
            (9_994, "9.99 µs"), (9_995, "10.0 µs"), (99_950, "100 µs"), (999_499, "999 µs"),
            (999_500, "1.00 ms"), (1_200_000, "1.20 ms"), (12_345_678_901, "12.3 s"), (-4_050, "-4.05 µs"),
            (3_600_000_000_000, "3600 s"),
        ])
    func nanoseconds(value: Int, expected: String) {
        #expect(HumanFormat.nanoseconds(value) == expected)
    }

    @Test(
        "averages keep fractions of a nanosecond",
        arguments: [
            (1.5, "1.50 ns"), (2, "2 ns"), (0.04, "0.04 ns"), (812.4, "812 ns"), (.nan, "n/a"),
            (.infinity, "n/a"),
        ])
    func fractions(value: Double, expected: String) {
        #expect(HumanFormat.nanoseconds(value) == expected)
    }

    @Test(
        "numbers are grouped by thousands",
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1,000"), (1_000_000, "1,000,000"), (12_345, "12,345"),
            (-1_234, "-1,234"), (.min, "-9,223,372,036,854,775,808"),
        ])
    func count(value: Int, expected: String) {
        #expect(HumanFormat.count(value) == expected)
    }

    @Test(
        "rates take the prefix of their size",
        arguments: [
            (0, "0 /s"), (950, "950 /s"), (99.5, "99.5 /s"), (12_340, "12.3 k/s"), (1_020_000, "1.02 M/s"),
            (2e6, "2.00 M/s"), (5.5e9, "5.50 G/s"), (1e15, "1000000 G/s"),
        ] as [(Double, String)])
    func rate(value: Double, expected: String) {
        #expect(HumanFormat.rate(value) == expected)
    }

    @Test(
        "sizes are binary, whole ones without decimals",
        arguments: [
            (64, "64 B"), (1_023, "1023 B"), (1_024, "1 KiB"), (16_384, "16 KiB"), (1 << 20, "1 MiB"),
            (3 << 19, "1.50 MiB"), (12_345_678, "11.8 MiB"),
        ])
    func bytes(value: Int, expected: String) {
        #expect(HumanFormat.bytes(value) == expected)
    }

    @Test(
        "decimals as many as asked for, shares in hundredths",
        arguments: [
            (0, 0, "0"), (0.5, 0, "1"), (1.005, 1, "1.0"), (11.36, 1, "11.4"), (0.8234, 3, "0.823"),
            (0.05123, 4, "0.0512"), (-2.25, 1, "-2.3"), (-0.01, 1, "0.0"), (.nan, 2, "n/a"),
        ] as [(Double, Int, String)])
    func decimal(value: Double, places: Int, expected: String) {
        #expect(HumanFormat.decimal(value, places: places) == expected)
        #expect(HumanFormat.percent(0.917) == "92 %")
    }
}
