/// All WebSocket clients of the server, one shard a loop; see `ClientShard` for what may be done from where.
package final class ClientSet: Sendable {
    let shards: [ClientShard]

    package init(loopCount: Int, capacityPerLoop: Int) {
        shards = (0..<loopCount).map { ClientShard(loop: $0, capacity: capacityPerLoop) }
    }

    package var count: Int { shards.reduce(0) { $0 + $1.count } }

    package func subscriberCount(_ channel: Channel) -> Int {
        shards.reduce(0) { $0 + $1.subscriberCount(channel) }
    }

    package func contains(_ id: ClientID) -> Bool {
        id.loop < shards.count && shards[id.loop].contains(id)
    }
}
