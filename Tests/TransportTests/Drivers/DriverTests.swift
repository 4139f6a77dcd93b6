import Testing

@testable import Transport

@Suite("Driver: both kinds under pressure")
struct DriverTests {
    @Test(
        "fifty sends of one turn cost one kernel entry with io_uring, fifty with epoll",
        arguments: [(IOChoice.uring, 1), (.epoll, 50)])
    func entersOnce(io: IOChoice, entries: Int) throws {
        let rig = try LoopRig(io)
        let ends = try (0..<50).map { _ in try rig.connectPeer() }
        rig.settle()
        let bytes = PatternBytes(count: 64)
        var before = 0
        var cost: Int?
        rig.loop.wake()
        rig.run(
            ticking: false,
            reacting: { event in
                if event == .woken {
                    before = rig.loop.counters.kernelEntries
                    for end in ends { rig.loop.send(end.socket, bytes.start, count: bytes.count) }
                } else if event == .sendsSettled, before > 0, cost == nil {
                    // io_uring: the entry that also waits for the next events. epoll: that one is still to come.
                    cost = rig.loop.counters.kernelEntries - before
                }
            }, until: { cost != nil })
        #expect(cost == entries)
        rig.run(until: {
            ends.allSatisfy { end in
                end.peer.drain()
                return end.peer.received.count == bytes.count
            }
        })
        for end in ends { #expect(end.peer.received == bytes.array) }
    }

    @Test(
        "a submission queue of eight entries takes a hundred connections and sends in one turn",
        arguments: [IOChoice.uring, .epoll])
    func fullSubmissionQueue(io: IOChoice) throws {
        let rig = try LoopRig(io) { $0.ringEntries = 8 }
        let address = try rig.address()
        var sockets: Set<SocketID> = []
        rig.perform {
            for _ in 0..<100 {
                do {
                    sockets.insert(try rig.loop.connect(to: address))
                } catch {
                    Issue.record(error)
                }
            }
        }
        rig.run(until: {
            rig.handler.clients.count == 100
                && sockets.allSatisfy { rig.handler.events.contains(.connected($0)) }
        })
        var accepted: [SocketID] = []
        while let client = rig.handler.takeClient() { accepted.append(rig.loop.adopt(client)) }
        #expect(sockets.count == 100)
        #expect(accepted.count == 100)

        let bytes = PatternBytes(count: 1_000)
        rig.perform { for socket in accepted { rig.loop.send(socket, bytes.start, count: bytes.count) } }
        rig.run(until: { sockets.allSatisfy { rig.handler.received[$0]?.count == bytes.count } })
        for socket in sockets { #expect(rig.handler.received[socket] == bytes.array) }
    }

    @Test(
        "two small receive buffers serve forty clients that send at a time",
        arguments: [IOChoice.uring, .epoll])
    func fewReceiveBuffers(io: IOChoice) throws {
        let rig = try LoopRig(io) {
            $0.receiveBufferCount = 2
            $0.receiveBufferBytes = 128
        }
        let ends = try (0..<40).map { _ in try rig.connectPeer() }
        var expected: [SocketID: [UInt8]] = [:]
        for round in 0..<3 as Range<UInt64> {
            // Sent while the loop stands still, so that all are at hand in one turn.
            for (number, end) in ends.enumerated() {
                let bytes = PatternBytes(count: 3_000, seed: round * 100 + UInt64(number)).array
                #expect(end.peer.send(bytes) == bytes.count)
                expected[end.socket, default: []] += bytes
            }
            rig.run(until: {
                ends.allSatisfy { rig.handler.received[$0.socket]?.count == expected[$0.socket]?.count }
            })
        }
        for end in ends { #expect(rig.handler.received[end.socket] == expected[end.socket]) }
        ends[7].peer.close()
        rig.run(until: { rig.handler.reasons[ends[7].socket] == .endOfStream })
    }

    @Test(
        "more completions than the completion queue holds lose no bytes and no stopped send",
        arguments: [IOChoice.uring, .epoll])
    func fullCompletionQueue(io: IOChoice) throws {
        let rig = try LoopRig(io) {
            // The completion queue has 1,024 entries then.
            $0.ringEntries = 8
            $0.receiveBufferCount = 4_096
            $0.receiveBufferBytes = 64
        }
        let ends = try (0..<1_500).map { _ in try rig.connectPeer() }
        let full = try (0..<20).map { _ in try rig.connectPeer(receiveBufferBytes: 4_096) }
        let filler = PatternBytes(count: 8 << 20)
        var stopped: [SocketID: Int] = [:]
        rig.perform(
            reacting: { event in
                if case .sendStopped(let socket, let count) = event { stopped[socket] = count }
                if event == .sendsSettled, rig.loop.counters.sends > 0 {
                    #expect(stopped.count == full.count)
                }
            }
        ) {
            for end in ends { end.peer.send([1, 2, 3]) }
            for end in full { rig.loop.send(end.socket, filler.start, count: filler.count) }
        }
        rig.run(until: { ends.allSatisfy { rig.handler.received[$0.socket] == [1, 2, 3] } })
        #expect(stopped.values.allSatisfy { $0 > 0 && $0 < filler.count })
    }
}
