import Testing

@testable import Transport

@Suite("io_uring: sockets in the ring's table")
struct FixedFilesTests {
    @Test("what is sent arrives whole whether the socket has a place in the table or not, and closing ends the stream")
    func places() throws {
        let rig = try LoopRig(.uring) { $0.fixedFileCapacity = 3 }
        // The listener has the first index; of the clients two have places, the others do not.
        let content = PatternBytes(count: 40_000)
        for round in 0..<3 {
            var peers: [Peer] = []
            var sockets: [SocketID] = []
            for _ in 0..<5 {
                peers.append(try Peer(connectingTo: try rig.address()))
                rig.run(until: { !rig.handler.clients.isEmpty })
                let client = try #require(rig.handler.takeClient())
                rig.perform { sockets.append(rig.loop.adopt(client)) }
            }
            rig.perform {
                for socket in sockets { rig.loop.send(socket, content.start, count: content.count) }
            }
            rig.run(until: {
                for peer in peers { peer.drain() }
                return peers.allSatisfy { $0.received.count == content.count }
            })
            for peer in peers {
                #expect(
                    peer.received.elementsEqual(UnsafeRawBufferPointer(start: content.start, count: content.count)),
                    "\(round)")
            }
            rig.perform { for socket in sockets { rig.loop.close(socket) } }
            rig.run(until: { peers.allSatisfy { $0.hasEnded() } })
        }
    }
}
