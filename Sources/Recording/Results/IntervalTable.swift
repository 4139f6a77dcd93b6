/// The seconds of a run as comma-separated values (RFC 4180, lines ended by line feeds): columns, and a row for each.
///
/// Columns have the names of the JSON's keys; new ones come last. What is unknown or does not exist is empty. Nothing
/// in a row needs quotes: numbers, and a time.
package enum IntervalTable {
    private static let columns: [(name: String, cell: @Sendable (IntervalRecord) -> String)] = [
        ("second", { "\($0.second)" }),
        ("published", { "\($0.published)" }),
        ("received", { "\($0.received)" }),
        ("latencyP50Nanoseconds", { Self.text($0.latencyP50Nanoseconds) }),
        ("latencyP99Nanoseconds", { Self.text($0.latencyP99Nanoseconds) }),
        ("connected", { "\($0.connected)" }),
        ("startedAt", { $0.startedAt ?? "" }),
        ("durationNanoseconds", { Self.text($0.durationNanoseconds) }),
        ("expected", { Self.text($0.expected) }),
        ("lost", { Self.text($0.lost) }),
        ("duplicated", { Self.text($0.duplicated) }),
        ("reordered", { Self.text($0.reordered) }),
        ("receivedBytes", { Self.text($0.receivedBytes) }),
        ("deliveriesPerSecond", { Self.rate($0.deliveriesPerSecond) }),
        ("bytesPerSecond", { Self.rate($0.bytesPerSecond) }),
        ("latencyP90Nanoseconds", { Self.text($0.latencyP90Nanoseconds) }),
        ("latencyMaxNanoseconds", { Self.text($0.latencyMaxNanoseconds) }),
        ("scheduleLagP99Nanoseconds", { Self.text($0.scheduleLagP99Nanoseconds) }),
        ("away", { Self.text($0.away) }),
    ]

    /// - Parameter tag: the name of a last column that is the same in all rows, if there is to be one.
    package static func header(tagged tag: String? = nil) -> String { line(columns.map(\.name), tag) }

    package static func row(_ interval: IntervalRecord, tag: String? = nil) -> String {
        line(columns.map { $0.cell(interval) }, tag)
    }

    private static func line(_ cells: [String], _ tag: String?) -> String {
        (cells + (tag.map { [$0] } ?? [])).joined(separator: ",") + "\n"
    }

    private static func text(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }

    /// A decimal is enough, and reads the same in every program, which an exponent does not.
    private static func rate(_ value: Double?) -> String { value.map { HumanFormat.decimal($0, places: 1) } ?? "" }
}
