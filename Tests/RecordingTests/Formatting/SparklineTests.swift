import Recording
import Testing

@Suite("Sparkline")
struct SparklineTests {
    @Test(
        "each value has a block as high as it is against the largest",
        arguments: [
            ([], ""), ([0, 0], "▁▁"), ([5], "█"), ([0, 1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇██"),
            ([-1, .nan, 4, .infinity], "▁▁█▁"),
        ] as [([Double], String)])
    func blocks(values: [Double], expected: String) {
        #expect(Sparkline.text(values, width: 60) == expected)
    }

    @Test("only the last values are shown, against the largest of those", arguments: [(2, "▄█"), (0, ""), (-1, "")])
    func width(width: Int, expected: String) {
        #expect(Sparkline.text([100, 7, 16], width: width) == expected)
    }
}
