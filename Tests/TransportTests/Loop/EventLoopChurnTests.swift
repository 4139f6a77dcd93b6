import Glibc
import Testing

@testable import Transport

/// Sockets come and go at random moments. Each peer says who it is, so that an event of an earlier socket that is
/// reported for its successor is found.
@Suite("EventLoop: sockets that come and go")
struct EventLoopChurnTests {
    private final class Churn {
        let rig: LoopRig
        var generator: SplitMix64
        /// The living sockets of the loop: which peer's bytes each has to receive.
        var names: [SocketID: UInt8] = [:]
        var peers: [UInt8: Peer] = [:]
        var closes = 0
        var highestIndex = 0
        var mostAlive = 0
        let filler = PatternBytes(count: 8 << 20)

        init(_ rig: LoopRig, seed: UInt64) {
            self.rig = rig
            generator = SplitMix64(seed: seed)
        }

        /// One peer at a time connects, so that the client accepted next is that peer's.
        func connect(_ name: UInt8) throws {
            peers[name] = try Peer(connectingTo: try rig.address(), receiveBufferBytes: 4_096)
            rig.run(reacting: { self.react(to: $0) }, until: { !self.rig.handler.clients.isEmpty })
            let client = try #require(rig.handler.takeClient())
            rig.perform(reacting: { self.react(to: $0) }) {
                let socket = self.rig.loop.adopt(client)
                #expect(self.names[socket] == nil, "an index in use was given out again")
                self.rig.handler.forget(socket)
                self.names[socket] = name
                self.highestIndex = max(self.highestIndex, socket.index)
                self.mostAlive = max(self.mostAlive, self.names.count)
                if self.generator.next() % 8 == 0 { self.end(socket) }
            }
        }

        func react(to event: RecordingHandler.Event) {
            switch event {
            case .received(let socket, _):
                let isOwn = rig.handler.received[socket]?.allSatisfy { $0 == names[socket] } == true
                #expect(isOwn, "bytes of another peer, or of a closed socket")
                if generator.next() % 4 == 0 { end(socket) }
            case .closed(let socket, _):
                #expect(names[socket] != nil, "a closed socket was reported")
                leave(socket)
            case .sendStopped(let socket, _), .writable(let socket):
                #expect(names[socket] != nil, "a closed socket was reported")
                if event == .writable(socket), generator.next() % 2 == 0 { end(socket) }
            case .turnEnded:
                actAtRandom()
            default:
                break
            }
        }

        private func actAtRandom() {
            guard let socket = names.keys.min(by: { $0.index < $1.index }), let name = names[socket] else {
                return
            }
            switch generator.next() % 12 {
            case 0, 1, 2: peers[name]?.send([UInt8](repeating: name, count: 3_000))
            case 3: peers[name]?.reset()
            case 4: peers[name]?.close()
            case 5: end(socket)
            case 6: rig.loop.setReading(socket, generator.next() % 2 == 0)
            case 7: if !sending.contains(socket) { fill(socket) }
            default: break
            }
        }

        private var sending: Set<SocketID> = []

        private func fill(_ socket: SocketID) {
            sending.insert(socket)
            rig.loop.send(socket, filler.start, count: filler.count)
        }

        private func end(_ socket: SocketID) {
            if generator.next() % 2 == 0 { rig.loop.close(socket) } else { rig.loop.reset(socket) }
            leave(socket)
        }

        private func leave(_ socket: SocketID) {
            closes += 1
            sending.remove(socket)
            names[socket] = nil
        }
    }

    @Test(
        "no event of an earlier socket is reported for its successor", arguments: [IOChoice.uring, .epoll],
        1...3 as ClosedRange<UInt64>)
    func churns(io: IOChoice, seed: UInt64) throws {
        let rig = try LoopRig(io) {
            $0.receiveBufferBytes = 512
            $0.ringEntries = 8
            // Some sockets have a place in the ring's table, which is used again, and some lie beyond it.
            $0.fixedFileCapacity = seed == 1 ? 0 : 3
        }
        let churn = Churn(rig, seed: seed)
        for round in 0..<1_000 {
            try churn.connect(UInt8(truncatingIfNeeded: round))
            var turns = Int(churn.generator.next() % 4)
            rig.loop.wake()
            rig.run(
                ticking: churn.generator.next() % 2 == 0,
                reacting: { event in
                    churn.react(to: event)
                    if event == .turnEnded {
                        turns -= 1
                        rig.loop.wake()
                    }
                }, until: { turns < 0 })
        }
        #expect(churn.closes > 500)
        // The indices of the gone were used again: the highest one is near the number of the living.
        #expect(churn.highestIndex < churn.mostAlive + 20)
    }
}
