/// The clients of one loop that are level with one stream: each needs the very same bytes next.
///
/// A bitmap over socket indices, scanned a word at a time from a place that rotates, so that no client is always
/// last. Loop's thread only.
struct FanOutGroup {
    private var words: [UInt64] = []
    private(set) var count = 0
    /// Where this loop stands in the stream; nil while none of its clients follow it.
    var cursor: StreamCursor?
    /// Clients of this loop that follow the stream, level with it or not.
    var followerCount = 0
    private var first = 0

    func contains(_ index: Int) -> Bool {
        index >> 6 < words.count && words[index >> 6] & (1 << UInt64(index & 63)) != 0
    }

    mutating func insert(_ index: Int) {
        while words.count <= index >> 6 { words.append(0) }
        guard !contains(index) else { return }
        words[index >> 6] |= 1 << UInt64(index & 63)
        count += 1
    }

    mutating func remove(_ index: Int) {
        guard contains(index) else { return }
        words[index >> 6] &= ~(1 << UInt64(index & 63))
        count -= 1
    }

    /// Calls `body` with each client's index, beginning one place further than the last time.
    mutating func rotate(_ body: (Int) -> Void) {
        guard count > 0 else { return }
        first = (first + 1) % (words.count * 64)
        let upper = ~UInt64(0) << UInt64(first & 63)
        Self.visit(words[first >> 6] & upper, first >> 6, body)
        for offset in 1..<max(words.count, 1) {
            let word = ((first >> 6) + offset) % words.count
            Self.visit(words[word], word, body)
        }
        Self.visit(words[first >> 6] & ~upper, first >> 6, body)
    }

    private static func visit(_ word: UInt64, _ position: Int, _ body: (Int) -> Void) {
        var bits = word
        while bits != 0 {
            body(position * 64 + bits.trailingZeroBitCount)
            bits &= bits - 1
        }
    }
}
