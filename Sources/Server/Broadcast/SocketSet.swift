/// Some of a loop's sockets, by index.
///
/// A bitmap, and the list that a scan of it makes, kept until somebody comes or goes. The place at which a visit begins
/// rotates, so that no socket is always last. Loop's thread only.
struct SocketSet {
    private var words: [UInt64] = []
    private(set) var count = 0
    /// The members in order, where `isListed`.
    private var list: [Int32] = []
    private var isListed = true
    private var first = 0

    func contains(_ index: Int) -> Bool {
        index >> 6 < words.count && words[index >> 6] & (1 << UInt64(index & 63)) != 0
    }

    mutating func insert(_ index: Int) {
        while words.count <= index >> 6 { words.append(0) }
        guard !contains(index) else { return }
        words[index >> 6] |= 1 << UInt64(index & 63)
        count += 1
        isListed = false
    }

    mutating func remove(_ index: Int) {
        guard contains(index) else { return }
        words[index >> 6] &= ~(1 << UInt64(index & 63))
        count -= 1
        isListed = false
    }

    /// Calls `body` with the members' indices, in one or two pieces, beginning one place further than the last time.
    mutating func rotate(_ body: (UnsafeBufferPointer<Int32>) -> Void) {
        guard count > 0 else { return }
        if !isListed { makeList() }
        first = first + 1 < count ? first + 1 : 0
        list.withUnsafeBufferPointer { list in
            body(UnsafeBufferPointer(rebasing: list[first...]))
            if first > 0 { body(UnsafeBufferPointer(rebasing: list[..<first])) }
        }
    }

    /// As `rotate`, and leaves the set empty.
    mutating func takeAll(_ body: (UnsafeBufferPointer<Int32>) -> Void) {
        rotate(body)
        for index in list { words[Int(index) >> 6] = 0 }
        list.removeAll(keepingCapacity: true)
        count = 0
    }

    private mutating func makeList() {
        list.removeAll(keepingCapacity: true)
        for (position, word) in words.enumerated() {
            var bits = word
            while bits != 0 {
                list.append(Int32(position * 64 + bits.trailingZeroBitCount))
                bits &= bits - 1
            }
        }
        isListed = true
    }
}
