import Glibc
import Synchronization
import Testing

@testable import Transport

@Suite("EventLoop: accepting and connecting")
struct EventLoopConnectingTests {
    @Test("an accepted client is adopted, heard, and answered in whole", arguments: [IOChoice.uring, .epoll])
    func talks(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        peer.send([1, 2, 3])
        rig.run(until: { rig.handler.received[socket] == [1, 2, 3] })

        let answer = PatternBytes(count: 1_000)
        rig.perform { rig.loop.send(socket, answer.start, count: answer.count) }
        rig.run(until: {
            peer.drain()
            return peer.received.count >= answer.count
        })
        #expect(peer.received == answer.array)
        #expect(rig.loop.counters.sends == 1)
        #expect(rig.loop.counters.stoppedSends == 0)
        #expect(rig.loop.counters.receivedBytes == 3)
        #expect(rig.loop.peerAddress(of: socket).host == "127.0.0.1")
        #expect(rig.loop.localAddress(of: socket).port == (try rig.address()).port)
    }

    @Test(
        "a connection is reported once it is made, from the address asked for",
        arguments: [IOChoice.uring, .epoll])
    func connects(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let source = try SocketAddress.resolve(host: "127.0.0.9", port: 0)
        let socket = try rig.loop.connect(to: try rig.address(), from: source)
        rig.run(until: { rig.handler.events.contains(.connected(socket)) && !rig.handler.clients.isEmpty })
        let accepted = rig.loop.adopt(try #require(rig.handler.takeClient()))
        #expect(rig.loop.peerAddress(of: accepted).host == "127.0.0.9")
        #expect(rig.loop.peerAddress(of: socket).port == (try rig.address()).port)
    }

    @Test(
        "a refused connection is closed with ECONNREFUSED and never connected",
        arguments: [IOChoice.uring, .epoll])
    func isRefused(io: IOChoice) throws {
        let rig = try LoopRig(io)
        // A port that was free a moment ago and that nobody listens on.
        let nobody = try rig.loop.listen(on: try SocketAddress.resolve(host: "127.0.0.1", port: 0))
        let address = rig.loop.localAddress(of: nobody)
        rig.perform { rig.loop.close(nobody) }
        rig.settle()
        let socket = try rig.loop.connect(to: address)
        rig.run(until: { !rig.handler.events.isEmpty })
        #expect(rig.handler.events == [.closed(socket, .failed(code: ECONNREFUSED))])
    }

    @Test(
        "a source address that is not of this machine is an error at once",
        arguments: [IOChoice.uring, .epoll])
    func refusesForeignSource(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let foreign = try SocketAddress.resolve(host: "192.0.2.7", port: 0)
        let address = try rig.address()
        let error = #expect(throws: SystemError.self) { try rig.loop.connect(to: address, from: foreign) }
        #expect(error?.description == "bind 192.0.2.7: Cannot assign requested address")
    }

    @Test("a port in use is an error that names the place", arguments: [IOChoice.uring, .epoll])
    func portInUse(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let address = try rig.address()
        let error = #expect(throws: SystemError.self) { try rig.loop.listen(on: address) }
        #expect(error?.description == "cannot listen on 127.0.0.1:\(address.port): Address already in use")
    }

    @Test("a client accepted on one loop lives on another", arguments: [IOChoice.uring, .epoll])
    func adoptsAcrossLoops(io: IOChoice) throws {
        let first = try LoopRig(io)
        let peer = try Peer(connectingTo: try first.address())
        first.run(until: { !first.handler.clients.isEmpty })
        let client = try #require(first.handler.takeClient())
        let received = Mutex<[UInt8]>([])
        let other = TestThread {
            guard let second = try? LoopRig(io) else { return }
            let socket = second.loop.adopt(client)
            second.run(until: { second.handler.received[socket]?.count == 5 })
            received.withLock { $0 = second.handler.received[socket] ?? [] }
        }
        peer.send([5, 4, 3, 2, 1])
        other.join()
        #expect(received.withLock { $0 } == [5, 4, 3, 2, 1])
    }

    @Test(
        "a listener closed while clients wait accepts no more of them", arguments: [IOChoice.uring, .epoll])
    func closesListener(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let listener = try rig.loop.listen(on: try SocketAddress.resolve(host: "127.0.0.1", port: 0))
        let address = rig.loop.localAddress(of: listener)
        let peers = try (0..<20).map { _ in try Peer(connectingTo: address) }
        var accepted = 0
        rig.run(
            reacting: { event in
                guard event == .accepted else { return }
                accepted += 1
                if accepted == 1 { rig.loop.close(listener) }
            }, until: { peers.dropFirst().allSatisfy { $0.hasEnded() } })
        rig.settle()
        #expect(accepted == 1)
        #expect(throws: SystemError.self) { try Peer(connectingTo: address) }
    }

    @Test("megabytes go both ways unchanged", arguments: [IOChoice.uring, .epoll])
    func movesMegabytes(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let ours = try rig.loop.connect(to: try rig.address())
        rig.run(until: { rig.handler.events.contains(.connected(ours)) && !rig.handler.clients.isEmpty })
        let theirs = rig.loop.adopt(try #require(rig.handler.takeClient()))
        let there = SendProgress(ours, PatternBytes(count: 12 << 20, seed: 2))
        let back = SendProgress(theirs, PatternBytes(count: 9 << 20 + 13, seed: 3))
        let reaction = { (event: RecordingHandler.Event) in
            there.react(to: event, on: rig.loop)
            back.react(to: event, on: rig.loop)
        }
        rig.perform(reacting: reaction) {
            there.begin(on: rig.loop)
            back.begin(on: rig.loop)
        }
        rig.run(
            reacting: reaction,
            until: {
                rig.handler.received[theirs]?.count == there.bytes.count
                    && rig.handler.received[ours]?.count == back.bytes.count
            })
        #expect(there.isDone && back.isDone)
        #expect(rig.handler.received[theirs] == there.bytes.array)
        #expect(rig.handler.received[ours] == back.bytes.array)
    }
}
