import Glibc
import Testing

@testable import Transport

@Suite("EventLoop: reading")
struct EventLoopReadingTests {
    @Test(
        "while reading is paused the bytes stay with the kernel, then they arrive",
        arguments: [IOChoice.uring, .epoll])
    func pauses(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        rig.perform { rig.loop.setReading(socket, false) }
        rig.settle()
        peer.send([1, 2, 3])
        rig.settle(turns: 20)
        #expect(rig.handler.received[socket] == nil)
        rig.perform { rig.loop.setReading(socket, true) }
        rig.run(until: { rig.handler.received[socket] == [1, 2, 3] })
    }

    @Test("a paused reader slows the peer down", arguments: [IOChoice.uring, .epoll])
    func pushesBack(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        rig.perform { rig.loop.setReading(socket, false) }
        rig.settle()
        let bytes = PatternBytes(count: 64 << 20).array
        let sent = peer.send(bytes)
        #expect(sent < bytes.count)
        rig.settle(turns: 20)
        #expect(rig.handler.received[socket] == nil)
        rig.perform { rig.loop.setReading(socket, true) }
        rig.run(until: { rig.handler.received[socket]?.count == sent })
        #expect(rig.handler.received[socket] == Array(bytes[..<sent]))
    }

    @Test(
        "pausing and going on again and again loses nothing", arguments: [IOChoice.uring, .epoll],
        1...4 as ClosedRange<UInt64>)
    func togglesReading(io: IOChoice, seed: UInt64) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        var generator = SplitMix64(seed: seed)
        let bytes = PatternBytes(count: 300_000, seed: seed).array
        var offset = 0
        rig.run(
            reacting: { event in
                if event == .turnEnded, offset < bytes.count {
                    let end = min(offset + Int.random(in: 1...4_000, using: &generator), bytes.count)
                    offset += peer.send(Array(bytes[offset..<end]))
                }
                for _ in 0..<generator.next() % 4 { rig.loop.setReading(socket, generator.next() % 2 == 0) }
                if offset == bytes.count { rig.loop.setReading(socket, true) }
            }, until: { rig.handler.received[socket]?.count == bytes.count })
        #expect(rig.handler.received[socket] == bytes)
    }

    @Test("setting what is set already changes nothing", arguments: [IOChoice.uring, .epoll])
    func settingTwice(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        rig.settle()
        let before = rig.loop.counters
        rig.perform {
            rig.loop.setReading(socket, true)
            rig.loop.setReading(socket, true)
        }
        let after = rig.loop.counters
        #expect(after.kernelEntries - before.kernelEntries == after.turns - before.turns)
        peer.send([9])
        rig.run(until: { rig.handler.received[socket] == [9] })
    }

    @Test(
        "what came before the peer's end is read although reading was paused meanwhile",
        arguments: [IOChoice.uring, .epoll], [false, true])
    func readsBeforeEnd(io: IOChoice, oursIsFinished: Bool) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        rig.perform { rig.loop.setReading(socket, false) }
        rig.settle()
        if oursIsFinished { rig.perform { rig.loop.finishWriting(socket) } }
        peer.send([1, 2, 3])
        peer.finishWriting()
        rig.settle(turns: 20)
        #expect(rig.handler.reasons[socket] == nil)
        rig.perform { rig.loop.setReading(socket, true) }
        rig.run(until: { rig.handler.reasons[socket] != nil })
        #expect(rig.handler.received[socket] == [1, 2, 3])
        #expect(rig.handler.reasons[socket] == .endOfStream)
    }

    @Test(
        "a paused socket whose two sides are finished does not keep the loop awake",
        arguments: [IOChoice.uring, .epoll])
    func doesNotSpin(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (peer, socket) = try rig.connectPeer()
        rig.perform { rig.loop.setReading(socket, false) }
        rig.settle()
        rig.perform { rig.loop.finishWriting(socket) }
        peer.finishWriting()
        rig.settle()
        let before = rig.loop.counters.turns
        let timer = TimerToken(kind: 1)
        rig.loop.schedule(timer, afterNanoseconds: 50_000_000)
        rig.run(ticking: false, until: { rig.handler.events.contains(.timerFired(timer)) })
        #expect(rig.loop.counters.turns - before < 10)
    }

    @Test("the end of a connection that is not read from can be asked for", arguments: [IOChoice.uring, .epoll])
    func unreadEnd(io: IOChoice) throws {
        let rig = try LoopRig(io)
        let (finished, first) = try rig.connectPeer()
        let (reset, second) = try rig.connectPeer()
        rig.perform {
            rig.loop.setReading(first, false)
            rig.loop.setReading(second, false)
        }
        rig.settle()
        finished.send([1, 2, 3])
        reset.send([4])
        #expect(rig.loop.unreadEnd(of: first) == nil)
        #expect(rig.loop.unreadEnd(of: second) == nil)
        finished.finishWriting()
        reset.reset()
        // No turn in between: epoll would report the reset by itself.
        #expect(rig.loop.unreadEnd(of: first) == .endOfStream)
        #expect(rig.loop.unreadEnd(of: second) == .failed(code: ECONNRESET))
        // What came before is still there to be read.
        rig.perform { rig.loop.setReading(first, true) }
        rig.run(until: { rig.handler.reasons[first] != nil })
        #expect(rig.handler.received[first] == [1, 2, 3])
    }
}
