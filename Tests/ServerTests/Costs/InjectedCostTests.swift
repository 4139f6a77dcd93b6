import Recording
import Testing

@testable import Server

@Suite("Costs: injected ones", .serialized)
struct InjectedCostTests {
    private static func rig(
        _ variant: ServerVariant, _ inject: (inout InjectedCosts) -> Void
    ) throws -> CostRig {
        try CostRig(variant, clients: 5) { configuration in
            inject(&configuration.injectedCosts)
            // Nobody closes the clients: nothing to wait for.
            configuration.drainTimeoutNanoseconds = 1_000_000
        }
    }

    /// On this thread and step by step, so that bytes are the same in every run; each injected allocation has 64.
    @Test(
        "an injected allocation is one more for each message, and a hundred are a hundred more",
        .enabled(if: Allocator.threadAllocatedBytes() != nil, "built without jemalloc"))
    func allocations() throws {
        let bytes = { (count: Int, messages: Int) -> UInt64 in
            let server = try ScriptedServer { $0.injectedCosts.allocationsPerMessage = count }
            let clients = server.join("/relay", count: 7)
            var costs: [UInt64] = []
            for _ in 0..<31 {
                let before = try #require(Allocator.threadAllocatedBytes())
                server.turn {
                    for sender in clients[..<messages] {
                        server.driver.receive(sender, TestClient.frame("together"))
                    }
                }
                costs.append(try #require(Allocator.threadAllocatedBytes()) - before)
                server.driver.forgetSends()
            }
            return costs.sorted()[costs.count / 2]
        }
        for messages in [1, 7] {
            // Against one and not none: code that is not optimized allocates a little for the injecting itself.
            let one = try bytes(1, messages)
            #expect(try bytes(2, messages) - one == UInt64(64 * messages))
            #expect(try bytes(101, messages) - one == UInt64(6_400 * messages))
        }
    }

    @Test("an injected system call reads one more kernel entry a round, and no send", arguments: CostRig.variants)
    func systemCalls(variant: ServerVariant) throws {
        let readings = try [0, 1, 7].map { count -> [Int] in
            let rig = try Self.rig(variant) { $0.systemCallsPerRound = count }
            return [
                try rig.medianCost { $0.kernelEntries - (variant.io == .uring ? Int($0.timedRounds) : 0) },
                try rig.medianCost(\.sends),
            ]
        }
        #expect(readings[1][0] - readings[0][0] == 1)
        #expect(readings[2][0] - readings[0][0] == 7)
        #expect(readings.map { $0[1] } == [5, 5, 5])
    }

    @Test("a system call is one for each turn that brought messages, however many")
    func coalesced() throws {
        let cost = { (configure: (inout ServerConfiguration) -> Void) -> Int in
            let server = try ScriptedServer(configure)
            let clients = server.join("/relay", count: 7)
            let before = server.loop.loop.counters.kernelEntries
            server.turn { for sender in clients { server.driver.receive(sender, TestClient.frame("together")) } }
            server.turn { server.driver.receive(clients[0], TestClient.frame("alone")) }
            return server.loop.loop.counters.kernelEntries - before
        }
        let plain = try cost { _ in }
        #expect(try cost { $0.injectedCosts.systemCallsPerRound = 3 } - plain == 6)
    }

    @Test("a turn without a message costs nothing more")
    func idle() throws {
        let server = try ScriptedServer { $0.injectedCosts.systemCallsPerRound = 3 }
        let clients = server.join("/relay", count: 2)
        let before = server.loop.loop.counters.kernelEntries
        server.turn {}
        server.turn { server.driver.becomeWritable(clients[0]) }
        #expect(server.loop.loop.counters.kernelEntries == before)
    }

    @Test("with nothing to inject there is no injector; any one cost makes one")
    func none() {
        #expect(CostInjector(InjectedCosts()) == nil)
        #expect(ServerConfiguration().injectedCosts == InjectedCosts())
        var costs = InjectedCosts()
        costs.cpuShare = 0.01
        #expect(CostInjector(costs) != nil)
    }
}
