import TestSupport
import Testing

@testable import Server

@Suite("BroadcastServer: clients that say their last word and go on reading", .serialized)
struct HalfClosedTests {
    private static let gesture = #"{"type":"wave","position":{"x":1,"y":2},"confidence":0.5}"#
    private static let requests = [
        RunningServer.request("GET", "/healthz"), RunningServer.request("GET", "/api/clients"),
        RunningServer.request("POST", "/api/gesture/process", json: gesture),
    ]

    @Test("a request is answered, and then the connection ends", arguments: ServerVariant.all)
    func requests(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        for request in Self.requests {
            // Both arrive together, or one after the other.
            for _ in 0..<20 {
                let client = try server.client()
                try client.write(request)
                client.finishWriting()
                #expect(try client.response().status == 200)
                #expect(try client.readToEnd() == [])
            }
        }
        #expect(try server.totalMessages() == 20)
    }

    @Test("so are several that came at once", arguments: ServerVariant.all)
    func pipelined(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client()
        try client.write(Array(Self.requests.joined()))
        client.finishWriting()
        for _ in Self.requests { #expect(try client.response().status == 200) }
        #expect(try client.readToEnd() == [])
    }

    @Test("so is one over TLS, whose end is said in TLS", arguments: ServerVariant.all)
    func encrypted(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        for request in Self.requests {
            let client = try server.client()
            try client.write(request)
            try client.endEncryption()
            #expect(try client.response().status == 200)
            #expect(try client.readToEnd() == [])
        }
    }

    @Test("a message that was sent last comes back", arguments: ServerVariant.all)
    func echo(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client("/echo")
        try client.send("the last one")
        client.finishWriting()
        #expect(try client.nextText() == "the last one")
        #expect(try client.readToEnd() == [])
    }

    @Test("who has nothing to wait for is gone", arguments: ServerVariant.all)
    func idle(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(5, "/relay") + [server.client()]
        for client in clients {
            client.finishWriting()
            #expect(try client.readToEnd() == [])
        }
        #expect(try server.activeConnections() == 0)
    }
}
