import Recording

/// What a run has counted so far; two of them make the counts of what lies between.
struct LoadTotals: Equatable {
    var published: UInt64 = 0
    /// Goes down where clients leave by plan: of the difference between two it is the bits that count.
    var expected: UInt64 = 0
    var received: UInt64 = 0
    var lost: UInt64 = 0
    var duplicated: UInt64 = 0
    var reordered: UInt64 = 0
    var receivedBytes: UInt64 = 0

    /// The counts since `earlier`, a former state of the same.
    func since(_ earlier: LoadTotals) -> LoadTotals {
        LoadTotals(
            published: published &- earlier.published, expected: expected &- earlier.expected,
            received: received &- earlier.received, lost: lost &- earlier.lost,
            duplicated: duplicated &- earlier.duplicated, reordered: reordered &- earlier.reordered,
            receivedBytes: receivedBytes &- earlier.receivedBytes)
    }

    /// Adds those of another loop.
    mutating func merge(_ other: LoadTotals) {
        published &+= other.published
        expected &+= other.expected
        received &+= other.received
        lost &+= other.lost
        duplicated &+= other.duplicated
        reordered &+= other.reordered
        receivedBytes &+= other.receivedBytes
    }
}
