import Testing

@testable import LoadGen

@Suite("ReadAllowance")
struct ReadAllowanceTests {
    private static let tick: UInt64 = 20_000_000

    @Test("nothing may be read before time has passed, and what is read is waited off")
    func debt() {
        var allowance = ReadAllowance(bytesPerSecond: 1_000, atNanoseconds: 0)
        #expect(!allowance.mayRead)
        allowance.refill(atNanoseconds: Self.tick)
        #expect(allowance.mayRead)
        allowance.spend(1_020)
        #expect(!allowance.mayRead)
        allowance.refill(atNanoseconds: Self.tick + 999_000_000)
        #expect(!allowance.mayRead)
        allowance.refill(atNanoseconds: Self.tick + 1_002_000_000)
        #expect(allowance.mayRead)
    }

    @Test(
        "over time the average is the rate, whatever a read brings",
        arguments: [(1_000, 1), (1_000, 64), (50_000, 1_448), (50_000, 131_072), (1_000_000, 32_768)])
    func average(bytesPerSecond: Int, readBytes: Int) {
        var allowance = ReadAllowance(bytesPerSecond: bytesPerSecond, atNanoseconds: 0)
        var read = 0
        for tick in 1...5_000 as ClosedRange<UInt64> {
            allowance.refill(atNanoseconds: tick * Self.tick)
            while allowance.mayRead {
                read += readBytes
                allowance.spend(readBytes)
            }
        }
        let due = 100 * bytesPerSecond
        #expect((due - 1 - bytesPerSecond / 50...due + readBytes).contains(read))
    }

    @Test("what was not used is not kept for long")
    func kept() {
        var allowance = ReadAllowance(bytesPerSecond: 1_000, atNanoseconds: 0)
        allowance.refill(atNanoseconds: 3_600_000_000_000)
        allowance.spend(99)
        #expect(allowance.mayRead)
        allowance.spend(1)
        #expect(!allowance.mayRead)
    }

    @Test("even the smallest rate comes to a byte")
    func smallest() {
        var allowance = ReadAllowance(bytesPerSecond: 1, atNanoseconds: 0)
        for tick in 1...60 as ClosedRange<UInt64> { allowance.refill(atNanoseconds: tick * Self.tick) }
        #expect(allowance.mayRead)
    }

    @Test("a clock that stands still or goes back gives nothing")
    func clock() {
        var allowance = ReadAllowance(bytesPerSecond: 1_000, atNanoseconds: 5_000_000_000)
        allowance.refill(atNanoseconds: 5_000_000_000)
        allowance.refill(atNanoseconds: 0)
        #expect(!allowance.mayRead)
    }
}
