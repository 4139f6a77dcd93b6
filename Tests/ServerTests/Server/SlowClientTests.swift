import Glibc
import TestSupport
import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: slow clients", .serialized)
struct SlowClientTests {
    private static let messageBytes = 60_000
    private static let messages = 200

    /// A message whose whole content tells its number.
    private static func payload(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(number)) { Array($0) }
            + [UInt8](repeating: UInt8(truncatingIfNeeded: number &* 7), count: messageBytes - 4)
    }

    /// The message's number, if its content is what it should be.
    private static func number(_ received: Received) throws -> Int {
        guard case .message(.binary, let bytes) = received, bytes.count == messageBytes else {
            throw TestFailure("not a whole message")
        }
        let number = bytes.withUnsafeBytes { Int($0.loadUnaligned(as: UInt32.self)) }
        guard bytes == payload(number) else { throw TestFailure("message \(number) has a wrong content") }
        return number
    }

    private func server(
        _ variant: ServerVariant, _ policy: SlowClientPolicy, isEncrypted: Bool
    ) throws -> RunningServer {
        try RunningServer(variant, tls: isEncrypted ? TLSContexts() : nil) { configuration in
            configuration.slowClientPolicy = policy
            configuration.backlogBytes = 1 << 20
            configuration.maximumMessageBytes = 1 << 18
            // The slow client begins to read when all is over.
            configuration.drainTimeoutNanoseconds = 20_000_000_000
        }
    }

    /// Relays all messages to a reader that keeps up; each is sent when the one before has come back.
    private func publish(
        _ server: RunningServer, _ publisher: TestClient, reader: TestClient, from first: Int = 0
    ) throws {
        for number in first..<first + Self.messages {
            try publisher.send(.binary, Self.payload(number))
            #expect(try Self.number(publisher.next()) == number)
            #expect(try Self.number(reader.next()) == number)
        }
    }

    @Test(
        "disconnect: whole frames in order, then 1013; the others miss nothing",
        arguments: ServerVariant.all, [false, true])
    func disconnect(variant: ServerVariant, isEncrypted: Bool) throws {
        let server = try server(variant, .disconnect, isEncrypted: isEncrypted)
        let slow = try server.client("/relay", receiveBufferBytes: 1 << 16)
        let publisher = try server.client("/relay")
        let reader = try server.client("/relay")
        try publish(server, publisher, reader: reader)
        var expected = 0
        while true {
            let received = try slow.next()
            if case .close(let code, _) = received {
                #expect(code == .tryAgainLater)
                break
            }
            #expect(try Self.number(received) == expected)
            expected += 1
        }
        #expect(expected > 0 && expected < Self.messages)
        #expect(try slow.next() == .endOfStream)
    }

    @Test(
        "disconnect: a client that does not take its close frame is reset",
        arguments: ServerVariant.all, [false, true])
    func removal(variant: ServerVariant, isEncrypted: Bool) throws {
        let server = try RunningServer(variant, tls: isEncrypted ? TLSContexts() : nil) { configuration in
            configuration.backlogBytes = 1 << 20
            configuration.maximumMessageBytes = 1 << 18
            configuration.drainTimeoutNanoseconds = 200_000_000
        }
        let slow = try server.client("/relay", receiveBufferBytes: 1 << 16)
        let publisher = try server.client("/relay")
        let reader = try server.client("/relay")
        try publish(server, publisher, reader: reader)
        try Self.await { try server.activeConnections() == 2 }
        #expect(throws: TestFailure.self) {
            while true { if try slow.next() == .endOfStream { break } }
        }
    }

    @Test(
        "skip: whole frames, the newest at the end, the missed ones counted exactly",
        arguments: ServerVariant.all, [false, true])
    func skip(variant: ServerVariant, isEncrypted: Bool) throws {
        let server = try server(variant, .skip, isEncrypted: isEncrypted)
        let slow = try server.client("/relay", receiveBufferBytes: 1 << 16)
        let publisher = try server.client("/relay")
        let reader = try server.client("/relay")
        try publish(server, publisher, reader: reader)
        var seen: [Int] = []
        while seen.last != Self.messages - 1 { seen.append(try Self.number(slow.next())) }
        #expect(seen == seen.sorted() && Set(seen).count == seen.count)
        #expect(seen.count < Self.messages)
        let missed = try server.missedMessages()
        #expect(missed == Self.messages - seen.count)
        // It keeps up again, and misses nothing more.
        try publisher.send(.binary, Self.payload(7))
        #expect(try Self.number(slow.next()) == 7)
        #expect(try server.missedMessages() == missed)
    }

    @Test(
        "a pong for a client that is blocked within a frame comes at a frame boundary",
        arguments: ServerVariant.all, [false, true])
    func privateAnswers(variant: ServerVariant, isEncrypted: Bool) throws {
        let server = try RunningServer(variant, tls: isEncrypted ? TLSContexts() : nil)
        let slow = try server.client("/relay", receiveBufferBytes: 1 << 16)
        let publisher = try server.client("/relay")
        let reader = try server.client("/relay")
        try publish(server, publisher, reader: reader)
        for number in UInt8(0)..<10 { try slow.send(.ping, [number]) }
        // The pings are taken in before the next message comes back.
        try publisher.send(.ping)
        #expect(try publisher.next() == .pong([]))
        var expected = 0
        var pongs: [UInt8] = []
        while expected < Self.messages || pongs.count < 10 {
            let received = try slow.next()
            if case .pong(let payload) = received {
                pongs += payload
            } else {
                #expect(try Self.number(received) == expected)
                expected += 1
            }
        }
        #expect(pongs == Array(0..<10))
    }

    @Test(
        "a blocked client that changes its subscription is disconnected all the same",
        arguments: ServerVariant.all)
    func blockedSubscriberDisconnected(variant: ServerVariant) throws {
        let (server, slow) = try blockedSubscriber(variant, .disconnect)
        defer { server.stop() }
        var gestures = 0
        var received = try slow.next()
        while case .message(_, let bytes) = received {
            if bytes.starts(with: #"{"type":"gesture""#.utf8) { gestures += 1 }
            guard gestures < Self.gestures else { throw TestFailure("the client was never disconnected") }
            received = try slow.next()
        }
        #expect(received == .close(.tryAgainLater, reason: "too far behind"))
        slow.close()
    }

    @Test(
        "a blocked client that changes its subscription skips, and gets its answers",
        arguments: ServerVariant.all)
    func blockedSubscriberSkipping(variant: ServerVariant) throws {
        let (server, slow) = try blockedSubscriber(variant, .skip)
        var gestures = 0
        var answers = 0
        while try answers < 10 || gestures + server.missedMessages() < Self.gestures {
            let text = try slow.nextText()
            if text.hasPrefix(#"{"type":"gesture""#) { gestures += 1 }
            if text.contains(#"subscribed","channels""#) { answers += 1 }
        }
        #expect(gestures < Self.gestures)
        #expect(try gestures + server.missedMessages() == Self.gestures)
    }

    private static let gestures = 42

    /// A client that stops reading, then changes its subscription, then falls behind its backlog.
    private func blockedSubscriber(
        _ variant: ServerVariant, _ policy: SlowClientPolicy
    ) throws -> (RunningServer, TestClient) {
        let server = try RunningServer(variant) { configuration in
            configuration.slowClientPolicy = policy
            configuration.backlogBytes = 8 << 20
            configuration.drainTimeoutNanoseconds = 20_000_000_000
        }
        let slow = try server.client("/", receiveBufferBytes: 1 << 16)
        let post = try server.client()
        try Self.postGestures(post, 12)
        for _ in 0..<5 {
            try slow.send(#"{"type":"subscribe","channels":["system"]}"#)
            try slow.send(#"{"type":"unsubscribe","channels":["system"]}"#)
        }
        try Self.postGestures(post, Self.gestures - 12)
        return (server, slow)
    }

    /// Posts gestures of half a megabyte each, which together exceed what the kernel takes for a stalled client.
    private static func postGestures(_ client: TestClient, _ count: Int) throws {
        let filler = String(repeating: "f", count: 1 << 19)
        for number in 0..<count {
            try client.write(
                RunningServer.request(
                    "POST", "/api/gesture/process",
                    json:
                        #"{"type":"g\#(number)","position":{"x":0,"y":0},"confidence":1,"filler":"\#(filler)"}"#
                ))
            let status = try client.response().status
            guard status == 200 else { throw TestFailure("posted: \(status)") }
        }
    }

    static func await(_ condition: () throws -> Bool) throws {
        for _ in 0..<2000 {
            if try condition() { return }
            usleep(10_000)
        }
        throw TestFailure("it did not come to be")
    }
}
