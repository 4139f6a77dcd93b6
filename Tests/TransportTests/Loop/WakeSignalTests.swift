import Glibc
import Synchronization
import Testing

@testable import Transport

@Suite("WakeSignal")
struct WakeSignalTests {
    private final class Tally: Sendable {
        let jobs = Atomic<Int>(0)
        let onOtherThreads = Atomic<Int>(0)
    }

    @Test("a call before sleeping forbids to sleep, and is taken once")
    func callBeforeSleep() throws {
        let signal = try WakeSignal()
        #expect(signal.prepareToSleep())
        #expect(!signal.wakeUp())
        signal.wake()
        #expect(!signal.prepareToSleep())
        #expect(signal.wakeUp())
        #expect(!signal.wakeUp())
    }

    @Test("the descriptor is readable only for a sleeper, and not after `clear`")
    func readableForSleeper() throws {
        let signal = try WakeSignal()
        signal.wake()
        #expect(!Self.isReadable(signal.descriptor))
        #expect(signal.wakeUp())
        #expect(signal.prepareToSleep())
        signal.wake()
        #expect(Self.isReadable(signal.descriptor))
        signal.clear()
        #expect(!Self.isReadable(signal.descriptor))
        #expect(signal.wakeUp())
    }

    @Test("every job of many threads runs, on the loop's thread", arguments: [IOChoice.uring, .epoll])
    func losesNoJob(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (tally, loopThread) = (Tally(), UInt64(pthread_self()))
        let (threads, jobsPerThread) = (8, 2_000)
        let makers = TestThread(count: threads) { [loop = rig.loop] in
            for number in 0..<jobsPerThread {
                loop.execute {
                    tally.jobs.add(1, ordering: .relaxed)
                    if UInt64(pthread_self()) != loopThread {
                        tally.onOtherThreads.add(1, ordering: .relaxed)
                    }
                }
                // Now and then the loop falls asleep in between.
                if number % 100 == 0 { usleep(200) }
            }
        }
        // No ticks: a lost wake-up would leave jobs behind for ever.
        rig.run(ticking: false, until: { tally.jobs.load(ordering: .relaxed) == threads * jobsPerThread })
        makers.join()
        #expect(tally.onOtherThreads.load(ordering: .relaxed) == 0)
    }

    @Test(
        "each call is answered before the next one, thousands of times", arguments: [IOChoice.uring, .epoll])
    func answersEachCall(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let tally = Tally()
        let calls = 5_000
        let caller = TestThread(count: 1) { [loop = rig.loop] in
            for number in 1...calls {
                loop.execute { tally.jobs.store(number, ordering: .releasing) }
                // The loop goes to sleep right when the next call comes: the moment at which one could be lost.
                while tally.jobs.load(ordering: .acquiring) < number { sched_yield() }
            }
        }
        rig.run(ticking: false, until: { tally.jobs.load(ordering: .relaxed) == calls })
        // Lets a caller go that waits for an answer lost.
        tally.jobs.store(calls, ordering: .releasing)
        caller.join()
    }

    @Test(
        "`wake` makes the handler see `woken`, also from the loop's own thread",
        arguments: [IOChoice.uring, .epoll])
    func wakes(io: IOChoice) throws {
        let rig = try LoopRig(io)
        var woken = 0
        rig.loop.wake()
        rig.run(
            ticking: false,
            reacting: { event in
                guard event == .woken else { return }
                woken += 1
                if woken < 5 { rig.loop.wake() }
            }, until: { woken == 5 })
        #expect(woken == 5)
    }

    @Test("a job may add another, and one may stop the loop", arguments: [IOChoice.uring, .epoll])
    func jobsAddJobs(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let tally = Tally()
        rig.loop.execute { [loop = rig.loop] in
            tally.jobs.add(1, ordering: .relaxed)
            loop.execute {
                tally.jobs.add(1, ordering: .relaxed)
                loop.stop()
            }
        }
        rig.run(ticking: false, until: { false })
        #expect(tally.jobs.load(ordering: .relaxed) == 2)
    }

    private static func isReadable(_ descriptor: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, 0) == 1
    }
}
