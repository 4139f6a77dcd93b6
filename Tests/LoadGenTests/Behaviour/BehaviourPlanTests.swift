import Recording
import Testing
import WebSocketWire

@testable import LoadGen

@Suite("BehaviourPlan")
struct BehaviourPlanTests {
    private static func plan(
        clients: Int, publishers: Int, slowReaders: Int, mode: LoadMode = .broadcast
    ) throws -> LoadPlan {
        var plan = LoadPlan(url: try WebSocketURL("ws://127.0.0.1:1/"))
        plan.mode = mode
        plan.clients = clients
        plan.publishers = publishers
        plan.behaviour.slowReaders = slowReaders
        return plan
    }

    @Test(
        "slow readers are the last clients; who may leave are those between them and the publishers whom others hear",
        arguments: [
            (.broadcast, 2..<7), (.echo, 0..<7), (.idle, 0..<7),
        ] as [(LoadMode, Range<Int>)])
    func ranges(mode: LoadMode, movable: Range<Int>) throws {
        let plan = try Self.plan(clients: 10, publishers: 2, slowReaders: 3, mode: mode)
        #expect(plan.slowReaders == 7..<10)
        #expect(plan.movableClients == movable)
    }

    @Test("where all clients publish or read slowly nobody may leave")
    func nobody() throws {
        let plan = try Self.plan(clients: 5, publishers: 2, slowReaders: 3)
        #expect(plan.movableClients.isEmpty)
    }

    @Test("clients read as their place says, and as much as the plan says")
    func reading() throws {
        var plan = try Self.plan(clients: 4, publishers: 1, slowReaders: 2)
        let never = BehaviourState(plan)
        #expect((0..<4).map { never.reading(of: $0) } == [.eager, .eager, .never, .never])
        #expect(never.allowances.isEmpty)
        plan.behaviour.slowReadBytesPerSecond = 100
        let slowly = BehaviourState(plan)
        #expect((0..<4).map { slowly.reading(of: $0) } == [.eager, .eager, .slowly, .slowly])
        #expect(slowly.allowances.count == 2)
    }

    @Test("the record has what was asked for, and is null where nothing was")
    func record() throws {
        var plan = try Self.plan(clients: 4, publishers: 1, slowReaders: 0)
        #expect(plan.record.behaviour == nil)
        #expect(!plan.behaviour.hasDepartures)
        plan.behaviour.slowReaders = 2
        plan.behaviour.slowReadBytesPerSecond = 100
        #expect(!plan.behaviour.hasDepartures)
        plan.behaviour.churnPerSecond = 3
        plan.behaviour.vanishPerSecond = 0.5
        plan.behaviour.storms = [try StormWave(parsing: "5s:50%")]
        #expect(plan.behaviour.hasDepartures)
        let expected = BehaviourRecord(
            slowReaders: 2, slowReadBytesPerSecond: 100, churnPerSecond: 3, vanishPerSecond: 0.5, storms: ["5s:50%"])
        #expect(plan.record.behaviour == expected)
    }
}
