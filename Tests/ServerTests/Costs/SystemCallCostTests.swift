import Testing
import Transport

@testable import Server

@Suite("Costs: system calls", .serialized)
struct SystemCallCostTests {
    @Test(
        "a broadcast to 100 clients is one kernel entry with io_uring: it brings the message and takes all sends",
        .enabled(if: CostRig.variants.contains { $0.io == .uring }, "io_uring cannot be had here"))
    func uring() throws {
        let rig = try CostRig(ServerVariant(io: .uring, threads: 1), clients: 100)
        // At most every 10 ms a round's sends are handed over by themselves, to time them.
        #expect(try rig.medianCost { $0.kernelEntries - Int($0.timedRounds) } == 1)
        #expect(try rig.medianCost { $0.sends } == 100)
    }

    @Test("a broadcast to 100 clients is 102 system calls with epoll: epoll_wait, recv and a send for each")
    func epoll() throws {
        let rig = try CostRig(ServerVariant(io: .epoll, threads: 1), clients: 100)
        #expect(try rig.medianCost(\.kernelEntries) == 102)
        #expect(try rig.medianCost(\.sends) == 100)
    }
}
