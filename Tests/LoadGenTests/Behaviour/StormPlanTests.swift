import Testing

@testable import LoadGen

@Suite("StormPlan")
struct StormPlanTests {
    @Test("waves come in the order of their times, each once, however they were given")
    func order() throws {
        let texts = ["3s:10%", "1s:20%", "2s:30%"]
        var plan = StormPlan(try texts.map { try StormWave(parsing: $0) })
        var taken: [String] = []
        var times: [UInt64] = []
        while let next = plan.nextNanoseconds, let wave = plan.take() {
            times.append(next)
            taken.append(wave.text)
        }
        #expect(taken == ["1s:20%", "2s:30%", "3s:10%"])
        #expect(times == [1_000_000_000, 2_000_000_000, 3_000_000_000])
    }

    @Test("without waves nothing comes")
    func empty() {
        var plan = StormPlan([])
        let wave = plan.take()
        #expect(plan.nextNanoseconds == nil)
        #expect(wave == nil)
    }
}
