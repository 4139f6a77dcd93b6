/// Some of a server's streams, of whatever coding, one bit each.
struct StreamMask: OptionSet, Sendable {
    // 72 streams do not fit into 64 bits.
    let rawValue: UInt128

    init(rawValue: UInt128) { self.rawValue = rawValue }

    init(_ stream: Int) { rawValue = 1 << UInt128(stream) }

    func contains(index: Int) -> Bool { rawValue & 1 << UInt128(index) != 0 }

    /// Calls `body` with the index of each of them.
    func forEach(_ body: (Int) -> Void) {
        var bits = rawValue
        while bits != 0 {
            body(bits.trailingZeroBitCount)
            bits &= bits - 1
        }
    }
}
