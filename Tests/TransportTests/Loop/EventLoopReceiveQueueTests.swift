import CSystem
import Glibc
import Recording
import Testing

@testable import Transport

@Suite("EventLoop: what waited to be read")
struct EventLoopReceiveQueueTests {
    /// A connection that the loop makes to itself: its stamped end, and the other one, which is not the loop's yet.
    private func stampedSocket(_ rig: LoopRig) throws -> (stamped: SocketID, peer: AcceptedConnection) {
        let stamped = try rig.loop.connect(to: try rig.address())
        try #require(rig.loop.stampReceives(of: stamped))
        rig.run(until: { rig.handler.events.contains(.connected(stamped)) && !rig.handler.clients.isEmpty })
        return (stamped, try #require(rig.handler.takeClient()))
    }

    @Test("bytes that nobody reads are counted, and are gone once they are read", arguments: [IOChoice.uring, .epoll])
    func backlog(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        rig.perform { rig.loop.setReading(socket, false) }
        rig.settle()
        #expect(rig.loop.receiveBacklogBytes(of: socket) == 0)
        peer.send([UInt8](repeating: 7, count: 300))
        rig.run(until: { rig.loop.receiveBacklogBytes(of: socket) == 300 })
        rig.perform { rig.loop.setReading(socket, true) }
        rig.run(until: { rig.handler.received[socket]?.count == 300 })
        #expect(rig.loop.receiveBacklogBytes(of: socket) == 0)
    }

    /// The kernel begins to stamp packets a moment after it was asked to, so the first ones may have none.
    @Test("a read of a stamped socket says when the bytes came, others do not", arguments: [IOChoice.uring, .epoll])
    func stamps(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (stamped, connection) = try stampedSocket(rig)
        let accepted = rig.loop.adopt(connection)
        let (peer, plain) = try rig.connectPeer()
        let byte = PatternBytes(count: 1)
        let began = WallClock.nanosecondsSinceEpoch()
        var stamps: [UInt64] = []
        var plainStamps: [UInt64] = []
        rig.run(
            reacting: { event in
                switch event {
                case .received(stamped, _): stamps.append(rig.loop.receiveStampNanoseconds)
                case .received(plain, _): plainStamps.append(rig.loop.receiveStampNanoseconds)
                case .turnEnded:
                    #expect(rig.loop.receiveStampNanoseconds == 0)
                    rig.loop.send(accepted, byte.start, count: 1)
                    peer.send([1])
                default: break
                }
            }, until: { stamps.count >= 20 && (stamps.last ?? 0) > 0 && plainStamps.count >= 20 })
        let ended = WallClock.nanosecondsSinceEpoch()
        let known = stamps.filter { $0 > 0 }
        #expect(!known.isEmpty)
        #expect(known.allSatisfy { began <= $0 && $0 <= ended })
        #expect(plainStamps.allSatisfy { $0 == 0 })
    }

    @Test(
        "a stamped socket brings every byte in order, also when reading stops and goes on again and again",
        arguments: [IOChoice.uring, .epoll], 1...2 as ClosedRange<UInt64>)
    func bringsEverything(io: IOChoice, seed: UInt64) throws {
        let rig = try LoopRig(io)
        let (stamped, peer) = try stampedSocket(rig)
        defer { peer.drop() }
        let bytes = PatternBytes(count: 300_000).array
        var generator = SplitMix64(seed: seed)
        var offset = 0
        rig.run(
            reacting: { event in
                if event == .turnEnded, offset < bytes.count {
                    let end = min(offset + Int.random(in: 1...4_000, using: &generator), bytes.count)
                    let part = Array(bytes[offset..<end])
                    offset += max(0, Glibc.send(peer.descriptor, part, part.count, system_message_no_signal))
                }
                for _ in 0..<generator.next() % 3 { rig.loop.setReading(stamped, generator.next() % 2 == 0) }
                if offset == bytes.count { rig.loop.setReading(stamped, true) }
            }, until: { rig.handler.received[stamped]?.count == bytes.count })
        #expect(rig.handler.received[stamped] == bytes)
    }

    @Test("a stamped socket reports its peer's end", arguments: [IOChoice.uring, .epoll])
    func reportsEnd(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (stamped, peer) = try stampedSocket(rig)
        peer.drop()
        rig.run(until: { rig.handler.reasons[stamped] != nil })
        #expect(rig.handler.reasons[stamped] == .endOfStream)
    }

    @Test("a stamped socket closes like any other", arguments: [IOChoice.uring, .epoll])
    func closes(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (stamped, peer) = try stampedSocket(rig)
        defer { peer.drop() }
        rig.perform { rig.loop.close(stamped) }
        rig.run(until: { rig.loop.slots[stamped.index].state == .free })
        var byte: UInt8 = 0
        rig.run(until: { recv(peer.descriptor, &byte, 1, system_message_dont_wait) == 0 })
        #expect(rig.handler.reasons[stamped] == nil)
    }
}
