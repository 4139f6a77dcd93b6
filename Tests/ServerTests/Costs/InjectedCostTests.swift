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

    @Test(
        "an injected allocation reads one more a round, a hundred read a hundred more",
        .enabled(if: Allocator.threadAllocatedBytes() != nil, "built without jemalloc"), arguments: CostRig.variants)
    func allocations(variant: ServerVariant) throws {
        // Against one and not none: code that is not optimized allocates a little for the injecting itself.
        let costs = try [1, 2, 101].map { count in
            try Self.rig(variant) { $0.allocationsPerMessage = count }.medianCost { $0.allocations }
        }
        #expect(costs[1] - costs[0] == 1)
        #expect(costs[2] - costs[0] == 100)
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
