import Glibc
import Testing

@testable import Transport

@Suite("EventLoop: closing")
struct EventLoopClosingTests {
    @Test("a peer that closes is an end of stream after its bytes", arguments: [IOChoice.uring, .epoll])
    func peerCloses(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        peer.send([1, 2])
        peer.close()
        rig.run(until: { rig.handler.reasons[socket] != nil })
        #expect(rig.handler.received[socket] == [1, 2])
        #expect(rig.handler.events.last == .closed(socket, .endOfStream))
    }

    @Test("a peer that resets is ECONNRESET", arguments: [IOChoice.uring, .epoll])
    func peerResets(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        rig.settle()
        peer.reset()
        rig.run(until: { rig.handler.reasons[socket] != nil })
        #expect(rig.handler.reasons[socket] == .failed(code: ECONNRESET))
    }

    @Test(
        "after `finishWriting` the peer reads to the end and may still send",
        arguments: [IOChoice.uring, .epoll])
    func finishesWriting(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        let bytes = PatternBytes(count: 5_000)
        rig.perform {
            rig.loop.send(socket, bytes.start, count: bytes.count)
            rig.loop.flush()
            rig.loop.finishWriting(socket)
        }
        rig.run(until: { peer.hasEnded() })
        #expect(peer.received == bytes.array)
        #expect(peer.end == .endOfStream)
        peer.send([7, 8])
        rig.run(until: { rig.handler.received[socket] == [7, 8] })
        peer.close()
        rig.run(until: { rig.handler.reasons[socket] == .endOfStream })
    }

    @Test("`reset` is ECONNRESET at the peer", arguments: [IOChoice.uring, .epoll])
    func resets(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        rig.perform { rig.loop.reset(socket) }
        rig.run(until: { peer.hasEnded() })
        #expect(peer.end == .failed(code: ECONNRESET))
        #expect(rig.handler.reasons[socket] == nil)
    }

    @Test("closing within `received` ends the reports of that socket", arguments: [IOChoice.uring, .epoll])
    func closesWithinReceived(io: IOChoice) throws {
        let rig = try LoopRig(io) { $0.receiveBufferBytes = 256 }
        let (peer, socket) = try rig.connectPeer()
        var received = 0
        rig.perform {
            // Several buffers' worth, all at hand in one turn.
            peer.send([UInt8](repeating: 1, count: 50_000))
            peer.finishWriting()
        }
        rig.run(
            reacting: { event in
                guard case .received(socket, _) = event else { return }
                received += 1
                rig.loop.close(socket)
            }, until: { peer.hasEnded() })
        rig.settle()
        #expect(received == 1)
        #expect(rig.handler.reasons[socket] == nil)
    }

    @Test("a send queued before `close` goes out whole", arguments: [IOChoice.uring, .epoll])
    func closesAfterSend(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        let bytes = PatternBytes(count: 20_000)
        rig.perform {
            rig.loop.send(socket, bytes.start, count: bytes.count)
            rig.loop.close(socket)
        }
        rig.run(until: { peer.hasEnded() })
        #expect(peer.received == bytes.array)
        #expect(peer.end == .endOfStream)
    }

    @Test("closing while reading is paused", arguments: [IOChoice.uring, .epoll])
    func closesPaused(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        rig.perform { rig.loop.setReading(socket, false) }
        rig.settle()
        peer.send([1])
        rig.perform { rig.loop.close(socket) }
        rig.run(until: { peer.hasEnded() })
        #expect(rig.handler.received[socket] == nil)
        // The kernel answers a close with unread bytes by RST.
        #expect(peer.end == .failed(code: ECONNRESET))
    }

    @Test(
        "closing while a send is blocked delivers what the kernel has, and no more events",
        arguments: [IOChoice.uring, .epoll])
    func closesBlocked(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer(receiveBufferBytes: 8_192)
        let progress = SendProgress(socket, PatternBytes(count: 24 << 20))
        rig.perform(
            reacting: { event in
                progress.react(to: event, on: rig.loop)
                if event == .sendStopped(socket, after: progress.sentBytes) { rig.loop.close(socket) }
            }
        ) { progress.begin(on: rig.loop) }
        rig.run(until: { peer.hasEnded() })
        #expect(peer.end == .endOfStream)
        #expect(peer.received == Array(progress.bytes.array[..<progress.sentBytes]))
        #expect(!rig.handler.events.contains(.writable(socket)))
    }

    @Test("closing a connection under way reports nothing more of it", arguments: [IOChoice.uring, .epoll])
    func closesConnecting(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let address = try rig.address()
        rig.perform {
            do {
                rig.loop.close(try rig.loop.connect(to: address))
            } catch {
                Issue.record(error)
            }
        }
        rig.settle(turns: 10)
        #expect(rig.handler.events.allSatisfy { $0 == .accepted })
    }

    @Test("the index of a closed socket is used again", arguments: [IOChoice.uring, .epoll])
    func reusesIndices(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (first, socket) = try rig.connectPeer()
        rig.perform { rig.loop.close(socket) }
        rig.run(until: { first.hasEnded() })
        let (second, next) = try rig.connectPeer()
        #expect(next == socket)
        second.send([4])
        rig.run(until: { rig.handler.received[next] == [4] })
    }

    @Test(
        "a socket closed at once is closed at the peer, however busy that is sending",
        arguments: [IOChoice.uring, .epoll])
    func closesUnderFlood(io: IOChoice) throws {
        let rig = try LoopRig(io)
        for _ in 0..<300 {
            let peer = try Peer(connectingTo: try rig.address())
            rig.run(until: { !rig.handler.clients.isEmpty })
            let client = try #require(rig.handler.takeClient())
            let (flood, descriptor) = (Flood(), peer.descriptor)
            let thread = TestThread { flood.run(descriptor) }
            rig.perform { rig.loop.close(rig.loop.adopt(client)) }
            rig.run(until: { flood.hasEnded })
            flood.stop()
            thread.join()
            try #require(flood.hasEnded)
        }
    }
}
