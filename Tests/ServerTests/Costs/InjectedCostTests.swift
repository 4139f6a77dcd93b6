import Recording
import Testing

@testable import Server

@Suite("Costs: injected ones")
struct InjectedCostTests {
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
        for calls in [1, 3, 7] {
            #expect(try cost { $0.injectedCosts.systemCallsPerRound = calls } - plain == 2 * calls)
        }
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
