import Synchronization
import Testing
import Transport
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: how connections end", .serialized)
struct ClosingTests {
    @Test(
        "a close frame is answered with its code, none with 1000, and the connection ends",
        arguments: ServerVariant.all)
    func handshake(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        for (code, answer) in [(.normal, .normal), (.goingAway, .goingAway), (.noStatus, .normal)]
            as [(CloseCode, CloseCode)]
        {
            let client = try server.client("/relay")
            try client.sendClose(code)
            #expect(try client.next() == .close(answer, reason: ""))
            #expect(try client.next() == .endOfStream)
        }
        try SlowClientTests.await { try server.activeConnections() == 0 }
    }

    @Test(
        "broken frames are closed with the code for them; on / with a message before",
        arguments: [
            ([0x81, 0x01, 0x61], .protocolError), ([0xc1, 0x80, 0, 0, 0, 0], .protocolError),
            ([0x83, 0x80, 0, 0, 0, 0], .protocolError), ([0x80, 0x80, 0, 0, 0, 0], .protocolError),
            ([0x81, 0x81, 0, 0, 0, 0, 0xff], .invalidPayload), ([0x88, 0x81, 0, 0, 0, 0, 3], .protocolError),
            ([0x81, 0xff, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], .messageTooBig),
        ] as [([UInt8], CloseCode)])
    func violations(bytes: [UInt8], code: CloseCode) throws {
        for variant in ServerVariant.all {
            let server = try RunningServer(variant)
            let client = try server.client("/")
            try client.write(bytes)
            let message = try MessagesEndpointTests.Message(client.nextText())
            #expect(message.type == "error")
            #expect(message.data?.error == "Connection error")
            #expect(message.data?.details?.isEmpty == false)
            #expect(try client.closeCode() == code)
            #expect(try client.next() == .endOfStream)
            let relay = try server.client("/relay")
            try relay.write(bytes)
            guard case .close(code, _) = try relay.next() else {
                Issue.record("on /relay nothing comes before the close")
                return
            }
        }
    }

    @Test("a silent client is pinged, then removed; one that answers stays", arguments: ServerVariant.all)
    func heartbeat(variant: ServerVariant) throws {
        let server = try RunningServer(variant) { $0.heartbeatIntervalNanoseconds = 300_000_000 }
        let silent = try server.client("/relay")
        let answering = try server.client("/relay")
        for _ in 0..<5 {
            #expect(try answering.next() == .ping([]))
            try answering.send(.pong)
        }
        try SlowClientTests.await { try server.activeConnections() == 1 }
        try answering.send("still there")
        while case .ping = try answering.next() { try answering.send(.pong) }
        #expect(throws: TestFailure.self) { while try silent.next() == .ping([]) {} }
    }

    @Test("no complete request in time gets 408", arguments: ServerVariant.all)
    func handshakeTimeout(variant: ServerVariant) throws {
        let server = try RunningServer(variant) { $0.handshakeTimeoutNanoseconds = 100_000_000 }
        let mute = try server.client()
        let slow = try server.client()
        try slow.write("GET / HTTP/1.1\r\nHost:")
        #expect(try mute.response().status == 408)
        #expect(try slow.response().status == 408)
        #expect(try slow.readToEnd().isEmpty)
        let idle = try server.client()
        try idle.write(RunningServer.request("GET", "/healthz"))
        #expect(try idle.response().status == 200)
        #expect(try idle.readToEnd().isEmpty)
    }

    @Test("past the most clients upgrades get 503 until one leaves", arguments: ServerVariant.all)
    func fullHouse(variant: ServerVariant) throws {
        let server = try RunningServer(variant) { $0.maximumClients = 3 }
        let clients = try server.clients(3, "/relay")
        #expect(throws: UpgradeFailure.unexpectedStatus(503)) { _ = try server.client("/") }
        clients[0].close()
        try SlowClientTests.await { try server.activeConnections() == 2 }
        let next = try server.client("/relay")
        try next.send("room")
        #expect(try clients[1].nextText() == "room")
        #expect(throws: UpgradeFailure.unexpectedStatus(503)) { _ = try server.client("/") }
    }

    @Test("draining closes every client with 1001 and ends the server", arguments: ServerVariant.all)
    func drain(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(6, "/relay") + server.clients(3, "/") + server.clients(2, "/echo")
        let idle = try server.client()
        try idle.write(RunningServer.request("GET", "/healthz"))
        #expect(try idle.response().status == 200)
        server.beginToStop()
        for (index, client) in clients.enumerated() {
            #expect(try client.closeCode() == .goingAway)
            #expect(try client.next() == .endOfStream)
            if index % 2 == 0 { try client.sendClose(.goingAway) }
            client.close()
        }
        #expect(try idle.readToEnd().isEmpty)
        idle.close()
        try expectEnd(of: server)
        #expect(throws: TestFailure.self) { _ = try server.client() }
    }

    @Test("draining gives up on clients that do not close", arguments: ServerVariant.all)
    func drainDeadline(variant: ServerVariant) throws {
        let server = try RunningServer(variant) { $0.drainTimeoutNanoseconds = 300_000_000 }
        let clients = try server.clients(3, "/relay")
        server.beginToStop()
        try expectEnd(of: server)
        for client in clients { #expect(try client.closeCode() == .goingAway) }
    }

    @Test("draining sends what was broadcast before", arguments: ServerVariant.all)
    func drainBacklog(variant: ServerVariant) throws {
        let server = try RunningServer(variant) { $0.drainTimeoutNanoseconds = 15_000_000_000 }
        let slow = try server.client("/relay", receiveBufferBytes: 1 << 16)
        let publisher = try server.client("/relay")
        let payload = [UInt8](repeating: 7, count: 1 << 20)
        for _ in 0..<10 {
            try publisher.send(.binary, payload)
            #expect(try publisher.next() == .message(.binary, payload))
        }
        server.beginToStop()
        #expect(try publisher.closeCode() == .goingAway)
        for _ in 0..<10 { #expect(try slow.next() == .message(.binary, payload)) }
        #expect(try slow.next() == .close(.goingAway, reason: "the server is going down"))
        publisher.close()
        slow.close()
        try expectEnd(of: server)
    }

    /// Fails, instead of waiting for ever, where the server does not end.
    private func expectEnd(of server: RunningServer) throws {
        let hasEnded = Flag()
        let thread = try LoopThread {
            server.stop()
            hasEnded.value.store(true, ordering: .releasing)
        }
        try SlowClientTests.await { hasEnded.value.load(ordering: .acquiring) }
        thread.join()
    }

    private final class Flag: Sendable {
        let value = Atomic<Bool>(false)
    }
}
