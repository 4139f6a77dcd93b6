import Synchronization
import Testing

@testable import Server

@Suite("AtomicBitmap")
struct AtomicBitmapTests {
    @Test("a bit is set and cleared without its neighbours", arguments: [0, 1, 63, 64, 127, 199])
    func bits(bit: Int) {
        let bitmap = AtomicBitmap(bitCount: 200)
        #expect(bitmap.wordCount == 4)
        bitmap.set(bit, true)
        bitmap.set(bit, true)
        for word in 0..<4 { #expect(bitmap.word(word) == (word == bit / 64 ? 1 << UInt64(bit % 64) : 0)) }
        bitmap.set(bit, false)
        for word in 0..<4 { #expect(bitmap.word(word) == 0) }
    }

    @Test("a reader beside the writer sees only words that were written")
    func concurrency() throws {
        let bitmap = Bitmap()
        try Threads.run(3) { thread in
            for round in 0..<20_000 {
                if thread == 0 {
                    bitmap.bits.set(round % 64, true)
                    if round % 64 == 63 { for bit in (0..<64).reversed() { bitmap.bits.set(bit, false) } }
                } else {
                    // Set from below and cleared from above: always a run of ones from bit 0.
                    let word = bitmap.bits.word(0)
                    if word & (word &+ 1) != 0 { throw TestFailure("torn: \(word)") }
                }
            }
        }
    }

    private final class Bitmap: Sendable {
        let bits = AtomicBitmap(bitCount: 64)
    }
}
