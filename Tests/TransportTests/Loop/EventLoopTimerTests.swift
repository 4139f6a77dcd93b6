import Glibc
import Recording
import Testing

@testable import Transport

@Suite("EventLoop: timers")
struct EventLoopTimerTests {
    @Test(
        "timers fire in the order of their deadlines, equal ones as they were set",
        arguments: [IOChoice.uring, .epoll])
    func firesInOrder(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let now = MonotonicInstant.now()
        for (kind, milliseconds) in [(0, 8), (1, 2), (2, 8), (3, 0), (4, 2)] as [(UInt32, UInt64)] {
            let instant = now.advanced(byNanoseconds: milliseconds * 1_000_000)
            rig.loop.schedule(TimerToken(kind: kind, value: 9), at: instant)
        }
        rig.run(ticking: false, until: { rig.handler.events.count == 5 })
        #expect(rig.handler.events == [3, 1, 4, 0, 2].map { .timerFired(TimerToken(kind: $0, value: 9)) })
    }

    @Test("no timer fires before its deadline", arguments: [IOChoice.uring, .epoll])
    func neverFiresEarly(io: IOChoice) throws {
        let rig = try LoopRig(io)
        var deadlines: [MonotonicInstant] = []
        for kind in 0..<20 as Range<UInt32> {
            let deadline = MonotonicInstant.now().advanced(byNanoseconds: UInt64(kind) * 333_333)
            deadlines.append(deadline)
            rig.loop.schedule(TimerToken(kind: kind), at: deadline)
        }
        var fired = 0
        rig.run(
            ticking: false,
            reacting: { event in
                guard case .timerFired(let timer) = event else { return }
                fired += 1
                #expect(rig.loop.now >= deadlines[Int(timer.kind)])
                #expect(MonotonicInstant.now() >= rig.loop.now)
            }, until: { fired == 20 })
    }

    @Test("a timer may set the next one", arguments: [IOChoice.uring, .epoll])
    func repeats(io: IOChoice) throws {
        let rig = try LoopRig(io)
        var fired = 0
        rig.loop.schedule(TimerToken(kind: 0), afterNanoseconds: 0)
        rig.run(
            ticking: false,
            reacting: { event in
                guard case .timerFired = event else { return }
                fired += 1
                rig.loop.schedule(TimerToken(kind: 0), afterNanoseconds: 100_000)
            }, until: { fired == 10 })
        #expect(fired == 10)
    }

    @Test("a deadline that is never reached does no harm")
    func neverReached() async {
        await #expect(processExitsWith: .success) { try Self.waitForEver(.uring) }
    }

    @Test("a deadline that is never reached does no harm with epoll")
    func neverReachedWithEpoll() async {
        await #expect(processExitsWith: .success) { try Self.waitForEver(.epoll) }
    }

    /// In a process of its own, which the alarm ends if nothing else does: a rig's watchdog would be due first.
    private static func waitForEver(_ io: IOChoice) throws {
        alarm(20)
        for nanoseconds in [UInt64.max / 2, UInt64.max] {
            let handler = RecordingHandler()
            let loop = try EventLoop(configuration: EventLoop.Configuration(io: io), handler: handler)
            loop.schedule(TimerToken(kind: 1), at: MonotonicInstant(nanoseconds: nanoseconds))
            let stopper = TestThread { loop.execute { loop.stop() } }
            loop.run()
            stopper.join()
            #expect(handler.events.isEmpty)
        }
    }
}
