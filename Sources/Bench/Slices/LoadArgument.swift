import LoadGen

/// A load as given on the command line: `CLIENTS:BYTES:INFLIGHT`, as in `100:64:16` or `1000:16k:4`, or for an open loop
/// `CLIENTS:BYTES:RATE/s`, as in `100:64:500/s`.
///
/// Bytes may end in `k` or `m`, for 1,024 and 1,048,576 of them.
package struct LoadArgument: Equatable, Sendable {
    package let load: SliceLoad

    /// - Throws: `LoadArgumentError`, with a message of one line for the command line.
    package init(parsing text: String) throws(LoadArgumentError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed(text) }
        let clients = try Self.number(parts[0], "clients", in: 1...1_000_000, of: text)
        let messageBytes = try Self.number(
            parts[1], "bytes", in: Stamp.encodedBytes...(1 << 30), units: ["k": 1 << 10, "m": 1 << 20], of: text)
        if parts[2].hasSuffix("/s") {
            let rate = try Self.number(parts[2].dropLast(2), "messages a second", in: 1...1_000_000, of: text)
            load = SliceLoad(clients: clients, messageBytes: messageBytes, ratePerSecond: Double(rate))
        } else {
            let inFlight = try Self.number(parts[2], "messages in flight", in: 1...1_000_000, of: text)
            load = SliceLoad(clients: clients, messageBytes: messageBytes, inFlight: inFlight)
        }
    }

    private static func number(
        _ part: Substring, _ what: String, in range: ClosedRange<Int>, units: [String: Int] = [:], of text: String
    ) throws(LoadArgumentError) -> Int {
        let digits = part.prefix { ("0"..."9").contains($0) }
        let unit = part.dropFirst(digits.count).lowercased()
        guard let number = Int(digits), let scale = unit.isEmpty ? 1 : units[unit] else { throw .malformed(text) }
        let (value, overflow) = number.multipliedReportingOverflow(by: scale)
        guard !overflow, range.contains(value) else { throw .outOfRange(what, String(part), range, of: text) }
        return value
    }
}
