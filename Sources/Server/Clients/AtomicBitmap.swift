import Synchronization

/// A fixed number of bits that one thread writes and any thread reads, a word at a time.
///
/// A reader sees each word as it was at some moment; two words may be of different moments. Changing a bit is one
/// load and one store, since there is one writer.
struct AtomicBitmap: ~Copyable, @unchecked Sendable {
    // `@unchecked Sendable`: the pointer never changes, what it points to is atomic.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    let wordCount: Int

    init(bitCount: Int) {
        wordCount = (bitCount + 63) / 64
        words = ZeroedAtomics.allocate(wordCount)
    }

    deinit {
        ZeroedAtomics.free(words)
    }

    /// The one writing thread only.
    func set(_ bit: Int, _ value: Bool) {
        let mask: UInt64 = 1 << UInt64(bit & 63)
        let old = words[bit >> 6].load(ordering: .relaxed)
        // Release: what was written about a client before its bit is set is seen by those who see the bit.
        words[bit >> 6].store(value ? old | mask : old & ~mask, ordering: .releasing)
    }

    func word(_ index: Int) -> UInt64 {
        // Acquire: pairs with the store in `set`.
        words[index].load(ordering: .acquiring)
    }
}
