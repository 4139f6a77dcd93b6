import Recording
import Testing

@testable import Transport

@Suite("TimingWheel")
struct TimingWheelTests {
    private func at(_ nanoseconds: UInt64) -> MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds) }

    /// Ticks of 10 ns from 100 ns on, four in a revolution.
    private func smallWheel() -> TimingWheel {
        TimingWheel(tickNanoseconds: 10, slotCount: 4, startingAt: at(100))
    }

    private func popAll(_ wheel: inout TimingWheel, at nanoseconds: UInt64) -> [Int] {
        var popped: [Int] = []
        while let index = wheel.popDue(at: at(nanoseconds)) { popped.append(index) }
        return popped
    }

    @Test("an empty wheel has nothing due, now or ever")
    func empty() {
        var wheel = smallWheel()
        #expect(wheel.isEmpty)
        #expect(wheel.nextTickNanoseconds == nil)
        for now in [0, 100, 110, 1_000_000, .max] as [UInt64] { #expect(wheel.popDue(at: at(now)) == nil) }
        #expect(wheel.isEmpty)
    }

    @Test(
        "an index comes up at the first tick that is not before its deadline",
        arguments: [
            (101, 110), (105, 110), (110, 110), (111, 120), (120, 120), (139, 140), (140, 140), (141, 150),
            (180, 180), (181, 190), (990, 990), (991, 1_000),
        ] as [(UInt64, UInt64)])
    func ticks(deadline: UInt64, due: UInt64) {
        var stepped = smallWheel()
        stepped.set(7, at: at(deadline))
        for now in 100..<due { #expect(stepped.popDue(at: at(now)) == nil) }
        #expect(stepped.popDue(at: at(due)) == 7)
        #expect(stepped.popDue(at: at(due)) == nil)
        #expect(stepped.isEmpty)

        var leaping = smallWheel()
        leaping.set(7, at: at(deadline))
        #expect(leaping.popDue(at: at(due - 1)) == nil)
        #expect(leaping.count == 1)
        #expect(popAll(&leaping, at: due + 1_000_000) == [7])
    }

    @Test(
        "a deadline that has passed is due at once, also when the wheel has gone on",
        arguments: [0, 99, 100] as [UInt64])
    func passed(deadline: UInt64) {
        var wheel = smallWheel()
        wheel.set(3, at: at(deadline))
        #expect(popAll(&wheel, at: 100) == [3])
        #expect(popAll(&wheel, at: 555).isEmpty)
        wheel.set(4, at: at(deadline))
        wheel.set(5, at: at(550))
        wheel.set(6, at: at(551))
        let due = popAll(&wheel, at: 555)
        #expect(Set(due) == [4, 5])
        #expect(popAll(&wheel, at: 559).isEmpty)
        #expect(popAll(&wheel, at: 560) == [6])
    }

    @Test("a new deadline takes the place of the old one, earlier or later")
    func replaced() {
        var wheel = smallWheel()
        wheel.set(1, at: at(120))
        wheel.set(1, at: at(300))
        #expect(wheel.count == 1)
        #expect(popAll(&wheel, at: 299).isEmpty)
        wheel.set(1, at: at(320))
        #expect(popAll(&wheel, at: 310).isEmpty)
        #expect(popAll(&wheel, at: 320) == [1])
        wheel.set(1, at: at(900))
        wheel.set(1, at: at(330))
        #expect(popAll(&wheel, at: 330) == [1])
        #expect(popAll(&wheel, at: 2_000).isEmpty)
    }

    @Test("one that is due already and waits to be popped can be put off or cancelled")
    func changedWhileDue() {
        var wheel = smallWheel()
        for index in 0..<4 { wheel.set(index, at: at(120)) }
        let first = wheel.popDue(at: at(125))
        #expect(first != nil)
        let others = Set(0..<4).subtracting([first ?? 0]).sorted()
        wheel.set(others[0], at: at(200))
        wheel.cancel(others[1])
        #expect(wheel.count == 2)
        #expect(popAll(&wheel, at: 125) == [others[2]])
        #expect(popAll(&wheel, at: 200) == [others[0]])
    }

    @Test("a cancelled deadline does not come up; cancelling what is not set does nothing")
    func cancelled() {
        var wheel = smallWheel()
        for index in 0..<3 { wheel.set(index, at: at(150)) }
        wheel.cancel(1)
        wheel.cancel(1)
        wheel.cancel(2_000)
        #expect(wheel.count == 2)
        let due = popAll(&wheel, at: 150)
        #expect(Set(due) == [0, 2])
        wheel.cancel(0)
        #expect(wheel.isEmpty)
        wheel.set(1, at: at(160))
        #expect(popAll(&wheel, at: 160) == [1])
    }

    @Test("those of one slot but other revolutions stay for theirs, in order also after a leap")
    func revolutions() {
        let deadlines = (1...20).map { UInt64(100 + $0 * 40) }
        var stepped = smallWheel()
        var leaping = smallWheel()
        for (index, deadline) in deadlines.enumerated().reversed() {
            stepped.set(index, at: at(deadline))
            leaping.set(index, at: at(deadline))
        }
        for (index, deadline) in deadlines.enumerated() {
            #expect(popAll(&stepped, at: deadline - 1).isEmpty)
            #expect(popAll(&stepped, at: deadline) == [index])
        }
        #expect(popAll(&leaping, at: 10_000) == Array(0..<20))
    }

    @Test("the next tick is the one to come, or one that has passed where something is due")
    func nextTick() {
        var wheel = smallWheel()
        wheel.set(0, at: at(305))
        #expect(wheel.nextTickNanoseconds == 110)
        #expect(wheel.popDue(at: at(237)) == nil)
        #expect(wheel.nextTickNanoseconds == 240)
        wheel.set(1, at: at(200))
        #expect(wheel.nextTickNanoseconds == 230)
        #expect(wheel.popDue(at: at(237)) == 1)
        #expect(wheel.nextTickNanoseconds == 240)
        wheel.cancel(0)
        #expect(wheel.nextTickNanoseconds == nil)
    }

    @Test("an index that is set again whenever it comes up comes up once a period")
    func periodic() {
        var wheel = TimingWheel(tickNanoseconds: 10, slotCount: 8, startingAt: at(0))
        var fired = 0
        wheel.set(0, at: at(100))
        for now in stride(from: UInt64(0), through: 10_000, by: 5) {
            while wheel.popDue(at: at(now)) != nil {
                fired += 1
                wheel.set(0, at: at(now + 100))
            }
        }
        #expect(fired == 100)
    }

    @Test("centuries at ticks of a nanosecond are passed over, and what is due comes in order")
    func greatLeaps() {
        var wheel = TimingWheel(tickNanoseconds: 1, slotCount: 64, startingAt: at(0))
        let deadlines = (0..<63).map { UInt64(1) << $0 }
        for (index, deadline) in deadlines.enumerated() { wheel.set(index, at: at(deadline)) }
        wheel.set(63, at: at(.max))
        #expect(popAll(&wheel, at: 1 << 40) == Array(0...40))
        #expect(popAll(&wheel, at: UInt64.max - 1) == Array(41..<63))
        #expect(popAll(&wheel, at: .max) == [63])
        #expect(wheel.isEmpty)
    }

    @Test("indices may come in any order and far apart")
    func growth() {
        var wheel = smallWheel()
        let indices = [5, 0, 100_000, 70, 99_999]
        for (place, index) in indices.enumerated() { wheel.set(index, at: at(UInt64(110 + place * 10))) }
        #expect(wheel.count == 5)
        #expect(popAll(&wheel, at: 1_000) == indices)
    }

    struct Shape: Sendable {
        let tickNanoseconds: UInt64
        let slotCount: Int
        let startNanoseconds: UInt64
        /// How far off deadlines are, mostly.
        let spanNanoseconds: UInt64
    }

    @Test(
        "thousands of random operations have the outcome of a plain table's",
        arguments: [
            Shape(tickNanoseconds: 1, slotCount: 1, startNanoseconds: 0, spanNanoseconds: 50),
            Shape(tickNanoseconds: 10, slotCount: 8, startNanoseconds: 3, spanNanoseconds: 60),
            Shape(tickNanoseconds: 7, slotCount: 5, startNanoseconds: 1_000, spanNanoseconds: 900),
            Shape(
                tickNanoseconds: 10_000_000, slotCount: 512, startNanoseconds: 12_345_678_901,
                spanNanoseconds: 30_000_000_000),
        ], 1...4 as ClosedRange<UInt64>)
    func matchesModel(shape: Shape, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var wheel = TimingWheel(
            tickNanoseconds: shape.tickNanoseconds, slotCount: shape.slotCount,
            startingAt: at(shape.startNanoseconds))
        var model = TimingWheelModel(
            tickNanoseconds: shape.tickNanoseconds, startNanoseconds: shape.startNanoseconds)
        var now = shape.startNanoseconds
        var fired = 0

        func change() {
            // More indices as time goes on, so that the wheel grows with deadlines set.
            let index = Int.random(in: 0..<(20 + fired / 20), using: &generator)
            guard generator.next() % 6 != 0 else {
                wheel.cancel(index)
                model.cancel(index)
                return
            }
            let span = generator.next() % 16 == 0 ? shape.spanNanoseconds * 20 : shape.spanNanoseconds
            var deadline = now + UInt64.random(in: 0...span, using: &generator)
            if generator.next() % 16 == 0 { deadline = UInt64.random(in: 0...now, using: &generator) }
            wheel.set(index, at: at(deadline))
            model.set(index, atNanoseconds: deadline)
        }

        for _ in 0..<4_000 {
            change()
            guard generator.next() % 2 == 0 else { continue }
            let isLeap = generator.next() % 200 == 0
            let step = isLeap ? shape.spanNanoseconds * 50 : shape.spanNanoseconds / 8
            now += UInt64.random(in: 0...step, using: &generator)
            while let index = wheel.popDue(at: at(now)) {
                let isExpected = model.fire(index, atNanoseconds: now)
                #expect(isExpected)
                fired += 1
                if generator.next() % 3 == 0 { change() }
            }
            let isComplete = model.settle(atNanoseconds: now)
            #expect(isComplete)
            #expect(wheel.count == model.count)
            #expect((wheel.nextTickNanoseconds == nil) == wheel.isEmpty)
        }
        #expect(fired > 500)

        // And to the last one.
        now += shape.spanNanoseconds * 100
        while let index = wheel.popDue(at: at(now)) {
            let isExpected = model.fire(index, atNanoseconds: now)
            #expect(isExpected)
        }
        #expect(wheel.isEmpty)
        #expect(model.count == 0)
    }
}
