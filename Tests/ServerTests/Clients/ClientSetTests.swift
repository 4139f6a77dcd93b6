import Synchronization
import Testing

@testable import Server

@Suite("ClientSet")
struct ClientSetTests {
    @Test("the shards' clients are counted together")
    func totals() {
        let set = ClientSet(loopCount: 3, capacityPerLoop: 10)
        let ids = (0..<3).map { set.shards[$0].join($0) }
        for loop in 0..<2 { set.shards[loop].subscribe(loop, .gesture) }
        #expect(set.count == 3)
        #expect(set.subscriberCount(.gesture) == 2)
        #expect(ids.allSatisfy(set.contains))
        #expect(!set.contains(ClientID(loop: 3, slot: 0, generation: 1)))
    }

    @Test("readers beside joining and leaving clients: those who stay are always seen, counts stay in bounds")
    func concurrency() throws {
        let loops = 3
        let set = ClientSet(loopCount: loops, capacityPerLoop: 128)
        let staying = (0..<loops).map { loop in
            let id = set.shards[loop].join(100)
            set.shards[loop].subscribe(100, .initial)
            return id
        }
        let writersLeft = Atomic<Int>(loops)
        try Threads.run(loops + 2) { thread in
            if thread < loops {
                defer { writersLeft.subtract(1, ordering: .relaxed) }
                let shard = set.shards[thread]
                for round in 0..<4000 {
                    let slot = round % 100
                    let id = shard.join(slot)
                    shard.subscribe(slot, .gesture)
                    guard shard.contains(id) else { throw TestFailure("a client does not see itself") }
                    shard.leave(slot)
                    guard !shard.contains(id) else { throw TestFailure("a client that left is still there") }
                }
                return
            }
            while writersLeft.load(ordering: .relaxed) > 0 {
                var seen: Set<ClientID> = []
                for shard in set.shards { shard.forEach { seen.insert($0) } }
                guard staying.allSatisfy(seen.contains), staying.allSatisfy(set.contains) else {
                    throw TestFailure("a client that stays was not seen")
                }
                guard (loops...2 * loops).contains(set.count) else {
                    throw TestFailure("\(set.count) clients")
                }
                guard set.subscriberCount(.aiResponse) == loops else {
                    throw TestFailure("a subscription was lost")
                }
            }
        }
        #expect(set.count == loops)
        #expect(set.subscriberCount(.gesture) == loops)
    }
}
