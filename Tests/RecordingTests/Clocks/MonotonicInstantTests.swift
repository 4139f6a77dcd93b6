import Recording
import Testing

@Suite("MonotonicInstant")
struct MonotonicInstantTests {
    @Test("a later reading is not smaller")
    func monotonic() {
        let first = MonotonicInstant.now()
        #expect(MonotonicInstant.now() >= first)
        #expect(first.nanoseconds > 0)
    }

    @Test("instants move both ways by nanoseconds", arguments: [(5, 1_005), (-5, 995), (0, 1_000)])
    func advanced(delta: Int64, expected: UInt64) {
        let instant = MonotonicInstant(nanoseconds: 1_000)
        #expect(instant.advanced(byNanoseconds: delta).nanoseconds == expected)
    }

    @Test("unsigned differences advance too")
    func advancedUnsigned() {
        #expect(MonotonicInstant(nanoseconds: 1).advanced(byNanoseconds: UInt64(2)).nanoseconds == 3)
    }

    @Test("the difference is signed")
    func difference() {
        let early = MonotonicInstant(nanoseconds: 10)
        let late = MonotonicInstant(nanoseconds: 25)
        #expect(late - early == 15)
        #expect(early - late == -15)
        #expect(early < late)
    }

    @Test("absurd figures wrap instead of trapping")
    func wraps() {
        let instant = MonotonicInstant(nanoseconds: 1).advanced(byNanoseconds: UInt64.max)
        #expect(instant.nanoseconds == 0)
    }
}
