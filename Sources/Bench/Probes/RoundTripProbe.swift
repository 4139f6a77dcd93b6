import Recording
import Transport
import WebSocketWire

/// Times rounds, one after the other: something is sent, and the round is over when every subscriber has the message
/// that belongs to it.
///
/// Made for the message flow on `/`, where messages are JSON and a round may begin with an HTTP request. Its own
/// thread's event loop; one round at a time, so nothing queues.
final class RoundTripProbe: EventLoopHandler {
    /// What begins a round, and what the message that ends it contains.
    enum Trigger {
        case message([UInt8], answer: String)
        case post(path: String, body: [UInt8], answer: String)
    }

    private final class Peer {
        let upgrade: ClientUpgrade?
        var response = HTTPResponseParser()
        var parser = FrameParser(role: .client, maximumMessageBytes: 1 << 20)
        var outbound = OutboundBuffer()
        var isOpen = false

        init(upgrade: ClientUpgrade?) { self.upgrade = upgrade }
    }

    private static let patienceNanoseconds: UInt64 = 10_000_000_000

    private let address: SocketAddress
    private let subscriberCount: Int
    private let rounds: Int
    private let trigger: (Int) -> Trigger
    private let histogram = LatencyHistogram()
    private var loop: EventLoop!
    private var peers: [Int: Peer] = [:]
    private var first: (socket: SocketID, peer: Peer)?
    private var poster: (socket: SocketID, peer: Peer)?
    private var openCount = 0
    private var round = 0
    private var expected: [UInt8] = []
    private var missing = 0
    private var awaitsResponse = false
    private var begunAt = MonotonicInstant.now()
    private var sending: [(SocketID, Peer, Int)] = []
    private var failure: ProbeFailure?

    init(
        address: SocketAddress, io: IOChoice, subscribers: Int, rounds: Int, trigger: @escaping (Int) -> Trigger
    ) throws {
        self.address = address
        subscriberCount = subscribers
        self.rounds = rounds
        self.trigger = trigger
        loop = try EventLoop(configuration: .init(io: io), handler: self)
    }

    func run() throws -> LatencyHistogram {
        for index in 0..<subscriberCount {
            let key = ClientUpgrade.key(from: (UInt64(index), UInt64.random(in: .min ... .max)))
            let peer = Peer(upgrade: ClientUpgrade(host: "localhost", path: "/", key: key))
            let socket = try loop.connect(to: address)
            peers[socket.index] = peer
            if first == nil { first = (socket, peer) }
        }
        let peer = Peer(upgrade: nil)
        let socket = try loop.connect(to: address)
        peers[socket.index] = peer
        poster = (socket, peer)
        loop.schedule(TimerToken(kind: 0), afterNanoseconds: Self.patienceNanoseconds)
        loop.run()
        if let failure { throw failure }
        return histogram
    }

    // MARK: Rounds

    private func begin() {
        guard round < rounds else { return loop.stop() }
        missing = subscriberCount
        switch trigger(round) {
        case .message(let text, let answer):
            guard let (socket, peer) = first else { return }
            expected = Array(answer.utf8)
            missing = 1
            let key = MaskingKey(bits: .random(in: .min ... .max))
            var frame: [UInt8] = []
            FrameWriter.append(opcode: .text, payload: text, maskingKey: key, to: &frame)
            begunAt = .now()
            send(socket, peer, frame)
        case .post(let path, let body, let answer):
            guard let (socket, peer) = poster else { return }
            expected = Array(answer.utf8)
            awaitsResponse = true
            let head =
                "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.count)\r\n\r\n"
            begunAt = .now()
            send(socket, peer, Array(head.utf8) + body)
        }
    }

    private func arrived(_ payload: UnsafeRawBufferPointer) {
        guard missing > 0, payload.contains(subsequence: expected) else { return }
        missing -= 1
        guard missing == 0 else { return }
        histogram.record(UInt64(max(0, MonotonicInstant.now() - begunAt)))
        endRoundIfComplete()
    }

    private func endRoundIfComplete() {
        guard missing == 0, !awaitsResponse else { return }
        round += 1
        begin()
    }

    private func send(_ socket: SocketID, _ peer: Peer, _ bytes: [UInt8]) {
        peer.outbound.append(bytes)
        guard let base = peer.outbound.bytes.baseAddress else { return }
        sending.append((socket, peer, peer.outbound.count))
        loop.send(socket, base, count: peer.outbound.count)
    }

    private func fail(_ reason: String) {
        failure = ProbeFailure(description: reason)
        loop.stop()
    }

    // MARK: The loop's calls

    func connected(_ socket: SocketID) {
        guard let peer = peers[socket.index] else { return }
        if let upgrade = peer.upgrade { return send(socket, peer, upgrade.request()) }
        opened()
    }

    private func opened() {
        openCount += 1
        if openCount == subscriberCount + 1 { begin() }
    }

    func received(_ socket: SocketID, _ bytes: UnsafeMutableRawBufferPointer) {
        guard let peer = peers[socket.index] else { return }
        do {
            var offset = 0
            if !peer.isOpen { try receiveResponse(peer, UnsafeRawBufferPointer(bytes), &offset) }
            guard peer.isOpen else { return }
            while let event = try peer.parser.next(in: bytes, at: &offset) {
                guard case .message(_, let range, _) = event else { continue }
                arrived(UnsafeRawBufferPointer(rebasing: bytes[range]))
            }
        } catch {
            fail("\(error)")
        }
    }

    private func receiveResponse(_ peer: Peer, _ bytes: UnsafeRawBufferPointer, _ offset: inout Int) throws {
        guard let response = try peer.response.next(in: bytes, at: &offset) else { return }
        if let upgrade = peer.upgrade {
            _ = try upgrade.validate(response)
            peer.isOpen = true
            opened()
        } else if response.status == 200 {
            awaitsResponse = false
            endRoundIfComplete()
        } else {
            fail("the server answered \(response.status) \(response.reason)")
        }
    }

    func sendsSettled() {
        for (_, peer, count) in sending where peer.outbound.count >= count { peer.outbound.consume(count) }
        sending.removeAll(keepingCapacity: true)
    }

    func timerFired(_ timer: TimerToken) {
        // One look every ten seconds: a probe that stands still will not go on.
        guard MonotonicInstant.now() - begunAt < Int64(Self.patienceNanoseconds) else {
            return fail("round \(round) did not end: \(missing) subscribers wait for their message")
        }
        loop.schedule(timer, afterNanoseconds: Self.patienceNanoseconds)
    }

    func closed(_ socket: SocketID, _ reason: CloseReason) { fail("a connection ended: \(reason)") }
    func sendStopped(_ socket: SocketID, after sentBytes: Int) { fail("the server does not read") }
    func accepted(_ connection: AcceptedConnection) { connection.drop() }
    func acceptFailed(_ error: SystemError) {}
    func writable(_ socket: SocketID) {}
    func woken() {}
    func turnEnded() {}
}
