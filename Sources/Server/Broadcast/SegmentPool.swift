import Synchronization

/// Memory of log segments that are no longer read, kept for the next ones.
///
/// Any thread gives blocks back (the last reader of a segment may be any loop), the sequencer's owner takes them. A
/// block is linked through its own first bytes. Giving pushes by compare-and-swap, taking takes the whole list at
/// once, so there is no ABA problem and nobody waits. Keeping the blocks in use few keeps the log in the cache.
final class SegmentPool: @unchecked Sendable {
    // `@unchecked Sendable`: `spare` is touched by the sequencer's owner only, and ownership is handed on with
    // acquire and release.
    static let blockBytes = 256 * 1024
    private static let spareLimit = 64

    /// The address of the newest block given back, 0 for none.
    private let returned = Atomic<UInt>(0)
    private var spare: [UnsafeMutableRawPointer] = []

    deinit {
        collect()
        for block in spare { block.deallocate() }
    }

    /// The sequencer's owner only.
    func take(_ bytes: Int) -> UnsafeMutableRawPointer {
        if bytes == Self.blockBytes {
            if spare.isEmpty { collect() }
            if let block = spare.popLast() { return block }
        }
        return .allocate(byteCount: bytes, alignment: 64)
    }

    /// Any thread.
    func give(_ block: UnsafeMutableRawPointer, _ bytes: Int) {
        guard bytes == Self.blockBytes else { return block.deallocate() }
        var head = returned.load(ordering: .relaxed)
        while true {
            block.storeBytes(of: head, as: UInt.self)
            // Release: the link above, and all reads of the block's old content, come before.
            let (exchanged, current) = returned.compareExchange(
                expected: head, desired: UInt(bitPattern: block), ordering: .releasing)
            if exchanged { return }
            head = current
        }
    }

    private func collect() {
        // Acquire: pairs with the release in `give`.
        var address = returned.exchange(0, ordering: .acquiring)
        while let block = UnsafeMutableRawPointer(bitPattern: address) {
            address = block.load(as: UInt.self)
            if spare.count < Self.spareLimit { spare.append(block) } else { block.deallocate() }
        }
    }
}
