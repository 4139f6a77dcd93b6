import LoadGen
import Testing

@Suite("ConnectRamp")
struct ConnectRampTests {
    struct Moment: Sendable {
        let rate: Double?
        let elapsedMilliseconds: UInt64
        let started: Int
        let pending: Int
        let total: Int
        let allowance: Int
    }

    @Test(
        "the smallest of what is wanted, what may be pending and what the rate allows is started",
        arguments: [
            Moment(rate: nil, elapsedMilliseconds: 0, started: 0, pending: 0, total: 10, allowance: 10),
            Moment(rate: nil, elapsedMilliseconds: 0, started: 0, pending: 0, total: 1_000, allowance: 256),
            Moment(
                rate: nil, elapsedMilliseconds: 0, started: 256, pending: 200, total: 1_000, allowance: 56),
            Moment(rate: nil, elapsedMilliseconds: 0, started: 256, pending: 256, total: 1_000, allowance: 0),
            Moment(rate: nil, elapsedMilliseconds: 0, started: 256, pending: 300, total: 1_000, allowance: 0),
            Moment(rate: nil, elapsedMilliseconds: 0, started: 12, pending: 0, total: 10, allowance: 0),
            Moment(rate: 10, elapsedMilliseconds: 0, started: 0, pending: 0, total: 100, allowance: 1),
            Moment(rate: 10, elapsedMilliseconds: 99, started: 1, pending: 0, total: 100, allowance: 0),
            Moment(rate: 10, elapsedMilliseconds: 100, started: 1, pending: 0, total: 100, allowance: 1),
            Moment(rate: 10, elapsedMilliseconds: 1_000, started: 1, pending: 0, total: 100, allowance: 10),
            Moment(rate: 10, elapsedMilliseconds: 1_000, started: 30, pending: 0, total: 100, allowance: 0),
            Moment(rate: 10, elapsedMilliseconds: 100_000, started: 95, pending: 3, total: 100, allowance: 5),
            Moment(
                rate: 5_000, elapsedMilliseconds: 1_000, started: 0, pending: 250, total: 10_000, allowance: 6
            ),
        ])
    func allowance(moment: Moment) {
        let allowance = ConnectRamp(connectRatePerSecond: moment.rate).allowance(
            elapsedNanoseconds: moment.elapsedMilliseconds * 1_000_000, started: moment.started,
            pending: moment.pending, total: moment.total)
        #expect(allowance == moment.allowance)
    }

    @Test("the bound on pending handshakes can be chosen")
    func maximumPending() {
        let ramp = ConnectRamp(connectRatePerSecond: nil, maximumPending: 2)
        #expect(ramp.allowance(elapsedNanoseconds: 0, started: 5, pending: 1, total: 100) == 1)
    }

    @Test("the next connection falls due where the allowance grows")
    func next() {
        let ramp = ConnectRamp(connectRatePerSecond: 4)
        let due = ramp.nextNanoseconds(started: 3)
        #expect(due == 750_000_000)
        #expect(ramp.allowance(elapsedNanoseconds: due - 1, started: 3, pending: 0, total: 9) == 0)
        #expect(ramp.allowance(elapsedNanoseconds: due, started: 3, pending: 0, total: 9) == 1)
        #expect(ConnectRamp(connectRatePerSecond: nil).nextNanoseconds(started: 3) == 0)
    }
}
