/// Why a text is no load; wrong usage, told in one line.
package enum LoadArgumentError: Error, Equatable, CustomStringConvertible {
    case malformed(String)
    case outOfRange(String, String, ClosedRange<Int>, of: String)

    package var description: String {
        switch self {
        case .malformed(let text):
            "\(text.debugDescription) is no load: expected CLIENTS:BYTES:INFLIGHT, as in 100:64:16 or 1000:16k:4, "
                + "or CLIENTS:BYTES:RATE/s, as in 100:64:500/s"
        case .outOfRange(let what, let found, let range, let text):
            "load \(text.debugDescription): expected \(range.lowerBound) to \(range.upperBound) \(what), found \(found)"
        }
    }
}
