import TestSupport
import Testing
import WebSocketWire

@testable import Server
@testable import Transport

@Suite("ServerLoop: TLS turn by turn")
struct TLSTurnTests {
    private let contexts: TLSContexts
    private let server: ScriptedServer

    init() throws {
        let contexts = try TLSContexts()
        self.contexts = contexts
        server = try ScriptedServer { $0.tls = contexts.server }
    }

    private func join(_ path: String, count: Int) throws -> [ScriptedTLSClient] {
        try (0..<count).map { _ in try ScriptedTLSClient.joined(server, contexts.client, path) }
    }

    private static func frame(_ opcode: Opcode, _ payload: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = []
        FrameWriter.append(opcode: opcode, payload: payload, to: &frame)
        return frame
    }

    @Test("each client is sent a broadcast once, in bytes of its own; the message is serialized and copied once")
    func broadcast() throws {
        let clients = try join("/relay", count: 8)
        let payload = Array("to everybody".utf8)
        for sender in [0, 5, 7] {
            let serializations = server.loop.fanOut.staging.serializationCount
            let logCopies = server.logCopies
            server.driver.forgetSends()
            try clients[sender].say(TestClient.frame(.text, payload))
            #expect(server.loop.fanOut.staging.serializationCount == serializations + 1)
            #expect(server.logCopies == logCopies + 1)
            #expect(server.driver.sends.map(\.index).sorted() == clients.map(\.index).sorted())
            for client in clients { #expect(try client.read() == Self.frame(.text, payload)) }
        }
    }

    @Test("a crowd that connects waits, four at a time and in its order; a broadcast in the same turn does not")
    func crowd() throws {
        let members = try join("/relay", count: 2)
        let crowd = try (0..<21).map { _ in try ScriptedTLSClient(server, contexts.client) }
        let hellos = try crowd.map { client -> [UInt8] in
            _ = try client.session.advanceHandshake()
            return client.takeOutgoing()
        }
        let message = try members[0].encrypt(TestClient.frame("in between"))
        server.driver.forgetSends()
        server.turn { [driver = server.driver] in
            for (client, hello) in zip(crowd, hellos) { driver.receive(client.index, hello) }
            driver.receive(members[0].index, message)
        }
        let receivers = server.driver.sends.map(\.index)
        let isMember = { (index: Int) in members.contains { $0.index == index } }
        #expect(receivers.prefix(4 + members.count).count { isMember($0) } == members.count)
        #expect(receivers.filter { !isMember($0) } == crowd.map(\.index))
        for member in members { #expect(try member.read() == Self.frame(.text, Array("in between".utf8))) }
        for client in crowd { try client.shakeHands() }
        #expect(crowd.allSatisfy { $0.session.isHandshakeDone })
    }

    @Test("a handshake may come a byte at a time")
    func trickle() throws {
        let client = try ScriptedTLSClient(server, contexts.client)
        while try !client.session.advanceHandshake() {
            for byte in client.takeOutgoing() {
                server.turn { [driver = server.driver] in driver.receive(client.index, [byte]) }
            }
            _ = try client.read()
        }
        try client.say(RunningServer.request("GET", "/healthz"))
        #expect(try client.read().starts(with: "HTTP/1.1 200 ".utf8))
    }

    @Test("a client that sends on before its handshake's turn has come is not read meanwhile")
    func floodBeforeItsTurn() throws {
        let client = try ScriptedTLSClient(server, contexts.client)
        _ = try client.session.advanceHandshake()
        let hello = client.takeOutgoing()
        var wasRead: [Bool] = []
        server.turn { [driver = server.driver, loop = server.loop.loop] in
            driver.receive(client.index, hello)
            wasRead.append(loop?.slotIsReading(client.index) ?? false)
            driver.receive(client.index, [UInt8](repeating: 0x17, count: 70_000))
            wasRead.append(loop?.slotIsReading(client.index) ?? true)
        }
        #expect(wasRead == [true, false])
        // Its turn has come, and what it sent was no TLS.
        #expect(server.loop.loop.slotIsReading(client.index))
        #expect(server.connection(client.index)?.isClosing == true)
    }

    @Test("the request behind the end of the handshake is answered at once")
    func requestBehindHandshake() throws {
        let client = try ScriptedTLSClient(server, contexts.client)
        _ = try client.session.advanceHandshake()
        let hello = client.takeOutgoing()
        server.turn { [driver = server.driver] in driver.receive(client.index, hello) }
        _ = try client.read()
        #expect(try client.session.advanceHandshake())
        // The client's last flight and the request.
        let last = try client.encrypt(RunningServer.request("GET", "/healthz"))
        server.turn { [driver = server.driver] in driver.receive(client.index, last) }
        #expect(try client.read().starts(with: "HTTP/1.1 200 ".utf8))
    }

    @Test(
        "sends whole, short and refused at random: every client has every byte in the end",
        arguments: 0..<10 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let clients = try join("/relay", count: 4)
        server.driver.room = { _, count in
            switch Int.random(in: 0..<4, using: &random) {
            case 0: 0
            case 1: Int.random(in: 0...count, using: &random)
            default: count
            }
        }
        var expected: [UInt8] = []
        var received = clients.map { _ in [UInt8]() }
        for _ in 0..<80 {
            let limit = Int.random(in: 0..<10, using: &random) == 0 ? 400_000 : 3_000
            let payload = [UInt8](
                repeating: .random(in: 0...255, using: &random), count: .random(in: 0...limit, using: &random))
            expected += Self.frame(.binary, payload)
            let message = try clients[0].encrypt(TestClient.frame(.binary, payload))
            let writable = server.driver.awaitingRoom.sorted().filter { _ in Bool.random(using: &random) }
            server.turn { [driver = server.driver] in
                for client in writable { driver.becomeWritable(client) }
                driver.receive(clients[0].index, message)
            }
            for (number, client) in clients.enumerated() { received[number] += try client.read() }
        }
        server.driver.room = { $1 }
        while !server.driver.awaitingRoom.isEmpty {
            let writable = server.driver.awaitingRoom
            server.turn { [driver = server.driver] in for client in writable { driver.becomeWritable(client) } }
        }
        for (number, client) in clients.enumerated() { received[number] += try client.read() }
        for bytes in received {
            let isComplete = bytes == expected
            #expect(isComplete)
        }
    }
}
