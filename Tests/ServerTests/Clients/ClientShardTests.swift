import Testing

@testable import Server

@Suite("ClientShard")
struct ClientShardTests {
    @Test("a client counts from joining to leaving")
    func membership() {
        let shard = ClientShard(loop: 2, capacity: 100)
        let id = shard.join(70)
        #expect(id.loop == 2 && id.slot == 70)
        #expect(shard.count == 1)
        #expect(shard.contains(id))
        var found: [ClientID] = []
        shard.forEach { found.append($0) }
        #expect(found == [id])
        shard.leave(70)
        #expect(shard.count == 0)
        #expect(!shard.contains(id))
    }

    @Test("a slot's next client is another client")
    func generations() {
        let shard = ClientShard(loop: 0, capacity: 10)
        let first = shard.join(3)
        shard.leave(3)
        let second = shard.join(3)
        #expect(first != second)
        #expect(!shard.contains(first))
        #expect(shard.contains(second))
        #expect(first.description != second.description)
    }

    @Test("subscriptions count by channel and end with the client")
    func subscriptions() {
        let shard = ClientShard(loop: 0, capacity: 200)
        for slot in [0, 63, 64, 199] { _ = shard.join(slot) }
        shard.subscribe(0, .initial)
        shard.subscribe(63, .gesture)
        shard.subscribe(199, [.gesture, .system])
        #expect(Channel.allCases.map(shard.subscriberCount) == [3, 1, 1])
        shard.subscribe(199, .system)
        #expect(Channel.allCases.map(shard.subscriberCount) == [2, 1, 1])
        shard.leave(0)
        #expect(Channel.allCases.map(shard.subscriberCount) == [1, 0, 1])
        _ = shard.join(0)
        #expect(Channel.allCases.map(shard.subscriberCount) == [1, 0, 1])
    }

    @Test("a slot beyond the capacity is nobody's")
    func strangers() {
        let shard = ClientShard(loop: 0, capacity: 10)
        #expect(!shard.contains(ClientID(loop: 0, slot: 10, generation: 1)))
        #expect(!shard.contains(ClientID(loop: 0, slot: 1000, generation: 1)))
        #expect(!shard.contains(ClientID(loop: 0, slot: 5, generation: 0)))
    }
}
