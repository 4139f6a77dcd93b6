import Testing
import WebSocketWire

@testable import Server
@testable import Transport

@Suite("ServerLoop: what clients can make it keep")
struct KeptMemoryTests {
    private static let outboundLimitBytes = 1 << 20
    private static let answerBytes = 1024

    /// The opcodes of the frames that a client has got, each up to 65,535 bytes.
    private static func opcodes(_ bytes: [UInt8]) -> [UInt8] {
        var opcodes: [UInt8] = []
        var offset = 0
        while offset + 2 <= bytes.count {
            opcodes.append(bytes[offset] & 0x0f)
            let isLong = bytes[offset + 1] == 126 && offset + 4 <= bytes.count
            let payloadBytes = isLong ? Int(bytes[offset + 2]) << 8 | Int(bytes[offset + 3]) : Int(bytes[offset + 1])
            offset += (isLong ? 4 : 2) + payloadBytes
        }
        return opcodes
    }

    @Test("one read of many messages makes answers up to the limit; the rest is taken up when they have gone out")
    func oneRead() throws {
        let server = try ScriptedServer()
        let client = server.join("/")
        let count = 12_000
        let messages = [[UInt8]](repeating: TestClient.frame("["), count: count).flatMap { $0 }
        server.driver.room = { _, _ in 0 }
        server.turn { server.driver.receive(client, messages) }
        let connection = try #require(server.connection(client))
        #expect(server.loop.fanOut.ownBytes(connection) <= Self.outboundLimitBytes + Self.answerBytes)
        #expect(server.loop.fanOut.ownBytes(connection) > Self.outboundLimitBytes / 2)
        let heldBytes = try #require(connection.heldInput).bytes.count
        #expect(heldBytes > 0)
        #expect(heldBytes < messages.count)

        // What comes meanwhile waits behind it.
        server.say(client, #"{"type":"ping"}"#)
        server.driver.room = { $1 }
        server.turn { server.driver.becomeWritable(client) }
        let received = try #require(server.driver.delivered[client])
        #expect(Self.opcodes(received) == [UInt8](repeating: 1, count: count + 1))
        #expect(String(decoding: received.suffix(60), as: UTF8.self).contains(#""pong""#))
        let holds = connection.heldInput != nil
        #expect(!holds)
        #expect(!connection.isPaused)
    }

    @Test("changes of subscription: so many at a time, and each is answered in its place")
    func changes() throws {
        let server = try ScriptedServer()
        let client = server.join("/")
        let channels = (0..<1_000).map { ["system", "gesture", "ai_response"][$0 % 3] }
        let messages = channels.flatMap { TestClient.frame(#"{"type":"subscribe","channels":["\#($0)"]}"#) }
        server.turn { server.driver.receive(client, messages) }
        let text = try String(decoding: #require(server.driver.delivered[client]), as: UTF8.self)
        let answered = text.matches(of: /"channels":\["([a-z_]+)"\]/).map { String($0.1) }
        #expect(answered == channels)
        let connection = try #require(server.connection(client))
        #expect(connection.stagedMoves == 0)
        #expect(!connection.isPaused)
    }

    @Test("a close behind what is held is answered behind all of that")
    func closing() throws {
        let server = try ScriptedServer()
        let client = server.join("/echo")
        let count = 20_000
        let ping = TestClient.frame(.ping, [UInt8](repeating: 7, count: 100))
        let pings = [[UInt8]](repeating: ping, count: count).flatMap { $0 }
        server.driver.room = { _, _ in 0 }
        server.turn { server.driver.receive(client, pings) }
        server.turn { server.driver.receive(client, TestClient.frame(.close, [0x03, 0xe8])) }
        server.driver.room = { $1 }
        server.turn { server.driver.becomeWritable(client) }
        let received = try #require(server.driver.delivered[client])
        #expect(Self.opcodes(received) == [UInt8](repeating: 10, count: count) + [8])
    }

    @Test("of requests that are half sent a loop keeps so much, and is free again when they are gone")
    func halfRequests() throws {
        let server = try ScriptedServer()
        let fields = "Host: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n"
        let head = "POST /api/system HTTP/1.1\r\n\(fields)\r\n"
        let half = Array(head.utf8) + [UInt8](repeating: 0x20, count: 999_999)
        let limit = 64 << 20
        let count = limit / half.count
        func connect() -> Int {
            var index = -1
            server.turn {
                server.loop.adopt(AcceptedConnection(descriptor: -1))
                index = server.loop.connections.connections.count - 1
            }
            return index
        }
        let clients = (0...count).map { _ in connect() }
        for client in clients.dropLast() { server.turn { server.driver.receive(client, half) } }
        #expect(server.driver.delivered.isEmpty)
        #expect(server.loop.bufferedRequestBytes > count * 999_999)
        let last = try #require(clients.last)
        server.turn { server.driver.receive(last, half) }
        let answer = try String(decoding: #require(server.driver.delivered[last]), as: UTF8.self)
        #expect(answer.hasPrefix("HTTP/1.1 503 "))
        // One that comes whole is served.
        let other = connect()
        server.turn { server.driver.receive(other, Array("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".utf8)) }
        let health = try String(decoding: #require(server.driver.delivered[other]), as: UTF8.self)
        #expect(health.hasPrefix("HTTP/1.1 200 "))
        server.turn {
            for client in clients {
                if let connection = server.connection(client) { server.loop.giveUp(connection) }
            }
        }
        #expect(server.loop.bufferedRequestBytes == 0)
    }

    @Test("messages that others send to a client are bounded by the backlog", arguments: SlowClientPolicy.allCases)
    func targeted(policy: SlowClientPolicy) throws {
        let server = try ScriptedServer { configuration in
            configuration.backlogBytes = 2 << 20
            configuration.slowClientPolicy = policy
        }
        let client = server.join("/")
        let connection = try #require(server.connection(client))
        let id = try #require(connection.clientID)
        let message = [UInt8](repeating: UInt8(ascii: " "), count: 900_000)
        server.driver.room = { _, _ in 0 }
        var deliveries: [TargetedDelivery] = []
        for _ in 0..<4 { server.turn { deliveries.append(server.loop.deliver(message, to: id)) } }
        let others: TargetedDelivery = policy == .skip ? .leftOut : .gone
        #expect(deliveries == [.queued, .queued, others, others])
        #expect(server.loop.fanOut.ownBytes(connection) <= (2 << 20) + 1024)
        #expect(connection.missedMessages == (policy == .skip ? 2 : 0))
        #expect(connection.isClosing == (policy == .disconnect))
    }
}
