/// Some of the ways in which frames are coded, one bit each.
struct CodingSet: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ coding: FrameCoding) { rawValue = 1 << UInt8(coding.index) }

    /// Calls `body` with each of them.
    func forEach(_ body: (FrameCoding) -> Void) {
        var bits = rawValue
        while bits != 0 {
            body(FrameCoding(index: bits.trailingZeroBitCount))
            bits &= bits - 1
        }
    }
}
