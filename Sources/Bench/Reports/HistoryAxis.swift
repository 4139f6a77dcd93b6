import Glibc
import Recording

/// The upright axis of a plot: from which value to which, and where it has labels.
struct HistoryAxis: Equatable {
    let low: Double
    let high: Double
    /// Ascending, within the bounds.
    let ticks: [Double]
    private let places: Int

    /// - Parameters:
    ///   - values: what is to be seen; finite ones, at least one.
    ///   - leastSpan: how much is shown at least, so that noise does not look like change.
    ///   - isCount: no labels between whole numbers.
    init(_ values: [Double], leastSpan: Double, isCount: Bool) {
        var low = values.min() ?? 0
        var high = values.max() ?? 0
        let missing = leastSpan - (high - low)
        if missing > 0 {
            low -= missing / 2
            high += missing / 2
        }
        let margin = (high - low) * 0.06
        low -= margin
        high += margin
        if isCount, low < 0, values.allSatisfy({ $0 >= 0 }) { low = -margin }
        let distance = Self.distance((high - low) / 5, least: isCount ? 1 : 0)
        let first = (low / distance).rounded(.up)
        let count = max(0, Int(min(20, ((high / distance).rounded(.down) - first).rounded())) + 1)
        self.low = low
        self.high = high
        ticks = (0..<count).map { (first + Double($0)) * distance }
        places = max(0, min(4, Int((-log10(distance)).rounded(.up))))
    }

    /// How far up a value is: 0 at the lower bound, 1 at the upper one.
    func share(_ value: Double) -> Double { (min(max(value, low), high) - low) / (high - low) }

    func label(_ value: Double) -> String {
        guard abs(value) >= 10_000 else { return HumanFormat.decimal(value, places: places) }
        return Int(exactly: value.rounded()).map { HumanFormat.count($0) } ?? HumanFormat.decimal(value, places: 0)
    }

    /// 1, 2 or 5 times a power of ten, about as much as asked for.
    private static func distance(_ wanted: Double, least: Double) -> Double {
        let power = pow(10, floor(log10(wanted)))
        let digit = wanted / power
        return max(least, power * (digit <= 1.4 ? 1 : digit <= 3 ? 2 : digit <= 7 ? 5 : 10))
    }
}
