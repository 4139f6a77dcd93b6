/// A row of numbers as a row of blocks, as high as each is against the largest.
package enum Sparkline {
    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// One character for each of the last `width` values; zero, and what is no number, is the lowest block.
    package static func text(_ values: [Double], width: Int) -> String {
        let shown = values.suffix(max(0, width))
        let largest = shown.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
        guard largest > 0 else { return String(repeating: blocks[0], count: shown.count) }
        return String(shown.map { blocks[height($0 / largest)] })
    }

    /// - Parameter fraction: of the largest value; what is no number counts as 0.
    private static func height(_ fraction: Double) -> Int {
        guard fraction.isFinite, fraction > 0 else { return 0 }
        return min(blocks.count - 1, Int(fraction * Double(blocks.count)))
    }
}
