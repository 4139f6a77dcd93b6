import CSystem
import Glibc
import Testing

@testable import Transport

/// Each in a process of its own: a lowered limit of descriptors would hit the tests beside it.
@Suite("EventLoop: accepting without descriptors")
struct EventLoopAcceptLimitTests {
    @Test("accepting pauses when descriptors are used up, does not spin, and goes on")
    func uring() async {
        await #expect(processExitsWith: .success) { try Self.runOutOfDescriptors(.uring) }
    }

    @Test("accepting pauses when descriptors are used up, does not spin, and goes on, with epoll")
    func epoll() async {
        await #expect(processExitsWith: .success) { try Self.runOutOfDescriptors(.epoll) }
    }

    private static func runOutOfDescriptors(_ io: IOChoice) throws {
        let rig = try LoopRig(io)
        let address = try rig.address()
        let peers = try (0..<8).map { _ in try Peer(connectingTo: address) }
        var limit = rlimit()
        try #require(readLimit(&limit) == 0)
        let usual = limit.rlim_cur
        limit.rlim_cur = 200
        try #require(setLimit(&limit) == 0)
        var held: [Int32] = []
        while case let descriptor = dup(0), descriptor >= 0 { held.append(descriptor) }

        let failures = { rig.handler.events.count { $0 == .acceptFailed(code: EMFILE) } }
        rig.run(ticking: false, until: { failures() >= 3 })
        #expect(failures() == 3)
        // One failure every 100 ms at most; without the pause there were thousands.
        let failuresBefore = failures()
        let halfSecond = TimerToken(kind: 1)
        rig.loop.schedule(halfSecond, afterNanoseconds: 500_000_000)
        rig.run(ticking: false, until: { rig.handler.events.contains(.timerFired(halfSecond)) })
        #expect(failures() - failuresBefore <= 5)
        // Others in this process may have let go of a descriptor, but not of eight.
        #expect(rig.handler.clients.count < peers.count)
        // For each failure a turn that meets it and one whose timer ends the pause, and a few for starting up.
        #expect(rig.loop.counters.turns < 30)

        held.forEach { close($0) }
        limit.rlim_cur = usual
        try #require(setLimit(&limit) == 0)
        rig.run(ticking: false, until: { rig.handler.clients.count == peers.count })
        #expect(rig.handler.clients.count == peers.count)
        #expect(failures() <= failuresBefore + 6)
    }

    private static func readLimit(_ limit: inout rlimit) -> Int32 {
        getrlimit(__rlimit_resource_t(UInt32(system_limit_descriptors)), &limit)
    }

    private static func setLimit(_ limit: inout rlimit) -> Int32 {
        setrlimit(__rlimit_resource_t(UInt32(system_limit_descriptors)), &limit)
    }
}
