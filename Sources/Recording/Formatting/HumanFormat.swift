/// Figures as people read them: three significant digits, thousands grouped, units by size.
///
/// What is no number reads `n/a`.
package enum HumanFormat {
    /// A time, as in `812 ns`, `4.05 µs`, `1.20 ms` or `12.3 s`.
    package static func nanoseconds(_ value: some BinaryInteger) -> String {
        nanoseconds(Double(value))
    }

    /// A time that may have fractions of a nanosecond, as averages do.
    package static func nanoseconds(_ value: Double) -> String {
        scaled(value, units: ["ns", "µs", "ms", "s"], base: 1_000)
    }

    /// A number in full, as in `1,000,000`.
    package static func count(_ value: some BinaryInteger) -> String {
        var digits = String(value.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.append(String(digits.suffix(3)))
            digits.removeLast(3)
        }
        groups.append(digits)
        return (value < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }

    /// A number a second, as in `950 /s`, `12.3 k/s` or `1.02 M/s`.
    package static func rate(_ perSecond: Double) -> String {
        scaled(perSecond, units: ["/s", "k/s", "M/s", "G/s"], base: 1_000)
    }

    /// A size, as in `64 B`, `16 KiB` or `1.50 MiB`.
    package static func bytes(_ value: some BinaryInteger) -> String {
        scaled(Double(value), units: ["B", "KiB", "MiB", "GiB", "TiB"], base: 1_024, keepsWhole: true)
    }

    /// A share in whole hundredths, as in `92 %`.
    package static func percent(_ fraction: Double) -> String { decimal(fraction * 100, places: 0) + " %" }

    /// A number with so many decimals.
    ///
    /// - Parameter places: 0...4
    package static func decimal(_ value: Double, places: Int) -> String {
        guard value.isFinite else { return "n/a" }
        let digits = fixed(value.magnitude, decimals: places)
        return value < 0 && digits.contains { ("1"..."9").contains($0) } ? "-" + digits : digits
    }

    /// - Parameter keepsWhole: whole numbers go without decimals in every unit, not only the smallest.
    private static func scaled(
        _ value: Double, units: [String], base: Double, keepsWhole: Bool = false
    ) -> String {
        guard value.isFinite else { return "n/a" }
        var number = value.magnitude
        var unit = 0
        // What would round to the base is written as one of the next unit.
        while number.rounded() >= base, unit < units.count - 1 {
            number /= base
            unit += 1
        }
        let isWhole = (keepsWhole || unit == 0) && number == number.rounded()
        let decimals = isWhole || number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2
        return "\(value < 0 ? "-" : "")\(fixed(number, decimals: decimals)) \(units[unit])"
    }

    private static func fixed(_ number: Double, decimals: Int) -> String {
        let scale = [1.0, 10, 100, 1_000, 10_000][decimals]
        let digits = String(UInt64(exactly: (number * scale).rounded()) ?? .max)
        guard decimals > 0 else { return digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return "\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
    }
}
