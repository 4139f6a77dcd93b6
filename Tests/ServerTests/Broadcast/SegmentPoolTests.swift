import Testing

@testable import Server

@Suite("SegmentPool")
struct SegmentPoolTests {
    @Test("a block given back is taken again")
    func reuse() {
        let pool = SegmentPool()
        let block = pool.take(SegmentPool.blockBytes)
        pool.give(block, SegmentPool.blockBytes)
        #expect(pool.take(SegmentPool.blockBytes) == block)
        pool.give(block, SegmentPool.blockBytes)
    }

    @Test("blocks of other sizes are no blocks of the pool")
    func oddSizes() {
        let pool = SegmentPool()
        let large = pool.take(SegmentPool.blockBytes * 3)
        large.storeBytes(of: 1, toByteOffset: SegmentPool.blockBytes * 3 - 1, as: UInt8.self)
        pool.give(large, SegmentPool.blockBytes * 3)
        let block = pool.take(SegmentPool.blockBytes)
        pool.give(block, SegmentPool.blockBytes)
    }

    @Test("threads give back while one takes: no block is handed out twice")
    func concurrency() throws {
        let pool = SegmentPool()
        let threads = 4
        let rounds = 500
        // Each taken block is marked by the one who holds it; a block handed out twice would lose its mark.
        let blocks = (0..<threads).map { _ in
            UncheckedBlocks((0..<rounds).map { _ in pool.take(SegmentPool.blockBytes) })
        }
        #expect(Set(blocks.flatMap(\.addresses)).count == threads * rounds)
        try Threads.run(threads + 1) { index in
            if index < threads {
                for block in blocks[index].addresses { pool.give(block, SegmentPool.blockBytes) }
            } else {
                let held = UncheckedBlocks((0..<rounds).map { _ in pool.take(SegmentPool.blockBytes) })
                if Set(held.addresses).count != rounds { throw TestFailure("a block was handed out twice") }
                for block in held.addresses { pool.give(block, SegmentPool.blockBytes) }
            }
        }
    }

    /// Addresses on their way to a thread.
    private struct UncheckedBlocks: @unchecked Sendable {
        // `@unchecked Sendable`: each list is used by one thread.
        let addresses: [UnsafeMutableRawPointer]

        init(_ addresses: [UnsafeMutableRawPointer]) { self.addresses = addresses }
    }
}
