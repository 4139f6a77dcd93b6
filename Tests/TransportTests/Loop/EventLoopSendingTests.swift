import Glibc
import Testing

@testable import Transport

@Suite("EventLoop: sending")
struct EventLoopSendingTests {
    @Test(
        "a long send stops after exactly what the peer then reads, and goes on from there",
        arguments: [IOChoice.uring, .epoll])
    func stopsExactly(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer(receiveBufferBytes: 8_192)
        let progress = SendProgress(socket, PatternBytes(count: 24 << 20))
        rig.perform(reacting: { progress.react(to: $0, on: rig.loop) }) { progress.begin(on: rig.loop) }
        let first = try #require(progress.stops.first)
        #expect(first > 0 && first < progress.bytes.count)
        #expect(rig.handler.events.filter { $0 != .accepted } == [.sendStopped(socket, after: first)])

        rig.run(
            reacting: { progress.react(to: $0, on: rig.loop) },
            until: {
                peer.drain()
                return peer.received.count >= progress.bytes.count && progress.isDone
            })
        #expect(peer.received == progress.bytes.array)
        #expect(rig.loop.counters.stoppedSends == progress.stops.count)
    }

    @Test(
        "what a stopped send reports is what the kernel took, where nothing follows",
        arguments: [IOChoice.uring, .epoll])
    func reportsWhatWasTaken(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer(receiveBufferBytes: 8_192)
        let bytes = PatternBytes(count: 24 << 20)
        let sent = try Self.fill(rig, socket, bytes)
        rig.perform { rig.loop.close(socket) }
        rig.run(until: { peer.hasEnded() })
        #expect(peer.end == .endOfStream)
        #expect(peer.received == Array(bytes.array[..<sent]))
    }

    @Test(
        "whole, short and refused sends of one round are each reported rightly",
        arguments: [IOChoice.uring, .epoll])
    func tellsSendsApart(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (wholePeer, whole) = try rig.connectPeer()
        let (_shortPeer, short) = try rig.connectPeer(receiveBufferBytes: 8_192)
        let (_fullPeer, full) = try rig.connectPeer(receiveBufferBytes: 8_192)
        let bytes = PatternBytes(count: 24 << 20)
        _ = try Self.fill(rig, full, bytes)
        let before = rig.handler.events.count
        let sends = rig.loop.counters.sends
        var isSettled = false
        rig.perform(
            reacting: { event in
                guard event == .sendsSettled, rig.loop.counters.sends == sends + 3 else { return }
                isSettled = true
                let reported = rig.handler.events[before...]
                #expect(reported.count == 2, "both are reported before the sends are settled")
                #expect(reported.first == .sendStopped(full, after: 0))
                guard case .sendStopped(short, let count)? = reported.last else {
                    Issue.record("the short send was not reported")
                    return
                }
                #expect(count > 10 && count < bytes.count)
            }
        ) {
            rig.loop.send(full, bytes.start, count: 10)
            rig.loop.send(whole, bytes.start, count: 100)
            rig.loop.send(short, bytes.start, count: bytes.count)
        }
        #expect(isSettled)
        rig.run(until: {
            wholePeer.drain()
            return wholePeer.received.count == 100
        })
        #expect(wholePeer.received == Array(bytes.array[..<100]))
        withExtendedLifetime((_shortPeer, _fullPeer)) {}
    }

    @Test(
        "a peer that stops reading meets whole, short and refused sends; it reads every byte later, though the memory of each send was overwritten once it was settled",
        arguments: [IOChoice.uring, .epoll])
    func stoppedPeerReadsAgain(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer(receiveBufferBytes: 8_192)
        let source = PatternBytes(count: 8 << 20)
        let window = ReusedWindow(socket, source, bytes: 48_000)
        // A send or two whole, one short, and then not even a byte: the peer does not read.
        rig.loop.wake()
        rig.run(reacting: { window.react(to: $0, on: rig.loop) }, until: { window.refused > 0 })
        #expect(window.whole > 0 && window.short > 0)
        rig.run(
            reacting: { window.react(to: $0, on: rig.loop) },
            until: {
                peer.drain()
                return peer.received.count >= source.count
            })
        #expect(peer.received == source.array)
        #expect(window.sentBytes == source.count)
    }

    @Test(
        "a stopped send is reported, and all sends settled, before bytes that came later",
        arguments: [IOChoice.uring, .epoll])
    func stopComesFirst(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer(receiveBufferBytes: 8_192)
        let bytes = PatternBytes(count: 24 << 20)
        var isSettled = false
        let reaction = { (event: RecordingHandler.Event) in
            if event == .sendsSettled, rig.loop.counters.sends == 1 { isSettled = true }
            if case .received = event { #expect(isSettled) }
        }
        rig.perform(reacting: reaction) {
            rig.loop.send(socket, bytes.start, count: bytes.count)
            peer.send([1])
        }
        rig.run(reacting: reaction, until: { rig.handler.received[socket] != nil })
        let events = rig.handler.events.filter { $0 != .accepted }
        guard case .sendStopped(socket, _)? = events.first else {
            Issue.record("the stopped send came late: \(events)")
            return
        }
    }

    @Test("`flush` settles sends before it returns", arguments: [IOChoice.uring, .epoll])
    func flushSettles(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (_peer, socket) = try rig.connectPeer(receiveBufferBytes: 8_192)
        let bytes = PatternBytes(count: 24 << 20)
        var stoppedDuringFlush = false
        var isFlushing = false
        rig.loop.wake()
        var isDone = false
        rig.run(
            reacting: { event in
                if case .sendStopped = event { stoppedDuringFlush = isFlushing }
                guard event == .woken else { return }
                rig.loop.send(socket, bytes.start, count: bytes.count)
                isFlushing = true
                rig.loop.flush()
                isFlushing = false
                isDone = true
            }, until: { isDone })
        #expect(stoppedDuringFlush)
        withExtendedLifetime(_peer) {}
    }

    @Test("sends of the turn that stops the loop still go out", arguments: [IOChoice.uring, .epoll])
    func stopSendsTheLast(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        let bytes = PatternBytes(count: 100)
        var isSettled = false
        rig.loop.wake()
        rig.run(
            ticking: false,
            reacting: { event in
                if event == .woken { rig.loop.send(socket, bytes.start, count: bytes.count) }
                if event == .sendsSettled, rig.loop.counters.sends == 1 { isSettled = true }
            }, until: { rig.loop.counters.sends == 1 })
        #expect(isSettled)
        let deadline = rig.loop.now.advanced(byNanoseconds: 10_000_000_000 as UInt64)
        while peer.received.count < bytes.count, .now() < deadline { peer.drain() }
        #expect(peer.received == bytes.array)
    }

    @Test(
        "sending to a peer that has closed ends with EPIPE or ECONNRESET",
        arguments: [IOChoice.uring, .epoll], [false, true])
    func peerIsGone(io: IOChoice, reads: Bool) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        rig.perform { rig.loop.setReading(socket, reads) }
        rig.settle()
        let bytes = PatternBytes(count: 1_000)
        if !reads { peer.close() }
        rig.run(
            reacting: { event in
                guard event == .turnEnded, rig.handler.reasons[socket] == nil else { return }
                // A reader would hear of the end itself; it is to meet the reset of its own sends.
                if reads { peer.reset() }
                rig.loop.send(socket, bytes.start, count: bytes.count)
            }, until: { rig.handler.reasons[socket] != nil })
        let reason = rig.handler.reasons[socket]
        #expect(reason == .failed(code: EPIPE) || reason == .failed(code: ECONNRESET))
        #expect(rig.handler.events.filter { $0 != .accepted }.count == 1)
    }

    /// Sends until the socket is full; returns how much that took.
    private static func fill(_ rig: LoopRig, _ socket: SocketID, _ bytes: PatternBytes) throws -> Int {
        var total = 0
        var lastCount = -1
        rig.run(
            reacting: { event in
                if case .sendStopped(socket, let count) = event {
                    total += count
                    lastCount = count
                }
                // A full socket refuses even one byte; the kernel may need a moment to move what it has to the peer.
                if event == .turnEnded, lastCount != 0 {
                    rig.loop.send(socket, bytes.start + total, count: bytes.count - total)
                }
            }, until: { lastCount == 0 })
        return total
    }
}
