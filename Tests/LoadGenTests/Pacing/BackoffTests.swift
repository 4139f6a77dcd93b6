import LoadGen
import Testing

@Suite("Backoff")
struct BackoffTests {
    @Test(
        "without jitter the delays are the specification's",
        arguments: zip(
            [0, 1, 2, 3, 4, 5, 6, 63, 64, Int.max], [1, 2, 4, 8, 16, 30, 30, 30, 30, 30] as [UInt64]))
    func delays(attempt: Int, seconds: UInt64) {
        #expect(Backoff().delayNanoseconds(attempt: attempt, random: 0.9) == seconds * 1_000_000_000)
    }

    @Test(
        "jitter shortens a delay by up to its fraction",
        arguments: [(0.0, 4_000_000_000), (0.5, 3_000_000_000), (1.0, 2_000_000_000)] as [(Double, UInt64)])
    func jitter(random: Double, nanoseconds: UInt64) {
        #expect(Backoff(jitterFraction: 0.5).delayNanoseconds(attempt: 2, random: random) == nanoseconds)
    }

    @Test("full jitter reaches down to no delay and never beyond the maximum")
    func fullJitter() {
        let backoff = Backoff(jitterFraction: 1)
        #expect(backoff.delayNanoseconds(attempt: 9, random: 1) == 0)
        #expect(backoff.delayNanoseconds(attempt: 9, random: 0) == Backoff.maximumDelayNanoseconds)
    }
}
