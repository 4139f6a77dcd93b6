import Testing

@testable import Bench

@Suite("GateErrors")
struct GateErrorsTests {
    @Test("over all looks and metrics the parts add up to what was promised, and no more", arguments: [1, 4, 7])
    func sums(metrics: Int) {
        let moments = [0] + LookSchedule.shares
        var alarm = 0.0
        var exclusion = 0.0
        for (from, to) in zip(moments, moments.dropFirst()) {
            let tails = GateErrors().tails(from: from, to: to, metrics: metrics)
            #expect(tails.falseAlarm > 0)
            alarm += tails.falseAlarm * Double(metrics)
            exclusion += tails.falseExclusion * Double(metrics)
        }
        #expect(abs(alarm - 0.001) < 1e-15)
        #expect(abs(exclusion - 0.025) < 1e-15)
    }

    @Test("metrics share equally; without any the whole is one's")
    func divided() {
        var errors = GateErrors()
        errors.falseAlarm = 0.008
        errors.falseExclusion = 0.04
        #expect(errors.tails(from: 0, to: 1, metrics: 4) == (0.002, 0.01))
        #expect(errors.tails(from: 0, to: 1, metrics: 0) == (0.008, 0.04))
        // Half of the data may use an eighth.
        #expect(errors.tails(from: 0, to: 0.5, metrics: 1) == (0.001, 0.005))
    }
}
