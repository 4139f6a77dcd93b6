import TestSupport
import Testing
import Transport
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: TLS", .serialized)
struct TLSServingTests {
    @Test("/echo sends each message back, of every length", arguments: ServerVariant.all, TLSVersion.allCases)
    func echo(variant: ServerVariant, version: TLSVersion) throws {
        let server = try RunningServer(variant, tls: TLSContexts(newestVersion: version))
        let client = try server.client("/echo")
        #expect(client.tls?.protocolVersion == (version == .tls12 ? "TLSv1.2" : "TLSv1.3"))
        #expect(client.tls?.applicationProtocol == "http/1.1")
        for size in [0, 1, 125, 126, 16_383, 16_384, 16_385, 65_535, 65_536, 1 << 20] {
            let payload = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try client.send(.binary, payload)
            let isSame = try client.next() == .message(.binary, payload)
            #expect(isSame, "\(size) bytes")
            try client.send(.ping, [UInt8(size & 0xff)])
            #expect(try client.next() == .pong([UInt8(size & 0xff)]))
        }
    }

    @Test("a message reaches every client on /relay, in one same order", arguments: ServerVariant.all)
    func relay(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let publishers = 3
        let messages = 100
        let clients = try server.clients(8, "/relay")
        let seen = try Threads.map(clients.count) { index in
            if index < publishers {
                for number in 0..<messages { try clients[index].send("\(index) \(number)") }
            }
            return try clients[index].nextTexts(publishers * messages)
        }
        for other in seen.dropFirst() { #expect(other == seen[0]) }
        for publisher in 0..<publishers {
            #expect(
                seen[0].filter { $0.hasPrefix("\(publisher) ") } == (0..<messages).map { "\(publisher) \($0)" })
        }
    }

    @Test("messages of a megabyte reach everybody whole", arguments: ServerVariant.all)
    func largeMessages(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let clients = try server.clients(3, "/relay")
        for number in 0..<4 {
            let payload = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ number) }
            try clients[number % 3].send(.binary, payload)
            for client in clients {
                let isSame = try client.next() == .message(.binary, payload)
                #expect(isSame)
            }
        }
    }

    @Test("HTTP: requests one after another on one connection, also many at once", arguments: ServerVariant.all)
    func keepAlive(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let subscriber = try server.client("/")
        let client = try server.client()
        for _ in 0..<5 {
            try client.write(RunningServer.request("GET", "/healthz"))
            let response = try client.response()
            #expect(response.status == 200)
            #expect(response.body == Array("ok\n".utf8))
        }
        // Answers that wait for other loops, in the requests' order.
        let gesture = #"{"type":"wave","position":{"x":1,"y":2},"confidence":0.5,"timestamp":1640000000000}"#
        try client.write(
            RunningServer.request("GET", "/api/metrics") + RunningServer.request("GET", "/nothing")
                + RunningServer.request("POST", "/api/gesture/process", json: gesture)
                + RunningServer.request("GET", "/healthz"))
        #expect(try client.response().status == 200)
        #expect(try client.response().status == 404)
        #expect(try client.response().body == Array(#"{"success":true,"clients":1}"#.utf8))
        #expect(try client.response().body == Array("ok\n".utf8))
        #expect(try subscriber.nextText() == #"{"type":"gesture","data":\#(gesture)}"#)
    }

    @Test("a connection that the request asks to end ends with a close_notify", arguments: ServerVariant.all)
    func connectionClose(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let client = try server.client()
        try client.write("GET /healthz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
        #expect(try client.response().status == 200)
        #expect(try client.readToEnd() == [])
    }

    @Test("a session resumes on whatever loop", arguments: ServerVariant.all, TLSVersion.allCases)
    func resumption(variant: ServerVariant, version: TLSVersion) throws {
        let server = try RunningServer(variant, tls: TLSContexts(newestVersion: version))
        for _ in 0..<4 {
            let first = try server.client("/echo")
            try first.send("one")
            #expect(try first.nextText() == "one")
            #expect(first.tls?.isResumed == false)
            let resumption = try #require(first.tls?.resumption)
            try first.endEncryption()
            let second = try server.client(resuming: resumption)
            #expect(second.tls?.isResumed == true)
            try second.upgrade("/echo")
            try second.send("two")
            #expect(try second.nextText() == "two")
        }
    }

    @Test("plain HTTP is answered with 400 in plain text, and others are served", arguments: ServerVariant.all)
    func plainHTTP(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let witness = try server.client("/echo")
        let plain = try server.plainClient()
        try plain.write(RunningServer.request("GET", "/healthz"))
        let response = try plain.response()
        #expect(response.status == 400)
        #expect(String(decoding: response.body, as: UTF8.self).contains("wss://"))
        #expect(try plain.readToEnd() == [])
        try witness.send("still there")
        #expect(try witness.nextText() == "still there")
    }

    @Test("what is neither TLS nor HTTP ends its connection, and no other", arguments: ServerVariant.all)
    func garbage(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let witness = try server.client("/echo")
        for bytes in [[0x00], [0xff, 0xff, 0xff], Array("SSH-2.0-OpenSSH\r\n".utf8)] as [[UInt8]] {
            let stranger = try server.plainClient()
            try stranger.write(bytes + [UInt8](repeating: 0, count: 100))
            // At most an alert (RFC 8446 §6: content type 21).
            let answer = try stranger.readToEnd()
            #expect(answer.isEmpty || answer.first == 21)
            try witness.send("still there")
            #expect(try witness.nextText() == "still there")
        }
    }

    @Test("bytes in plain text within a session end it with an alert", arguments: ServerVariant.all)
    func plainTextWithin(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let client = try server.client("/relay")
        try client.sendUnencrypted(TestClient.frame("not encrypted"))
        #expect(throws: (any Error).self) { while try client.next() != .endOfStream {} }
        try SlowClientTests.await { try server.activeConnections() == 0 }
    }

    @Test("a client with TLS finds out that a server speaks none", arguments: ServerVariant.all)
    func serverWithoutTLS(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.plainClient()
        #expect(throws: TLSFailure.self) { try client.shakeHands(TLSContexts().client) }
    }

    @Test("a handshake that stops half-way is ended when its time is over", arguments: ServerVariant.all)
    func handshakeTimeout(variant: ServerVariant) throws {
        let contexts = try TLSContexts()
        let server = try RunningServer(variant, tls: contexts) { $0.handshakeTimeoutNanoseconds = 1_000_000_000 }
        let session = try TLSSession(client: contexts.client, host: "localhost")
        _ = try session.advanceHandshake()
        let hello = Array(session.outgoing)
        // Nothing, a part of the hello, and all of it: in the last case the server's flight comes first.
        let counts = [0, hello.count / 2, hello.count]
        let clients = try counts.map { count in
            let client = try server.plainClient()
            try client.write(Array(hello.prefix(count)))
            return client
        }
        // One that has shaken hands has to send a request in time as well.
        let mute = try server.client()
        for (client, count) in zip(clients, counts) {
            let answer = try client.readToEnd()
            #expect(answer.isEmpty == (count < hello.count))
        }
        #expect(try mute.response().status == 408)
        #expect(try mute.readToEnd() == [])
    }

    @Test("a close frame is answered, then a close_notify comes", arguments: ServerVariant.all)
    func closeFrame(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let client = try server.client("/relay")
        try client.sendClose(.goingAway)
        #expect(try client.next() == .close(.goingAway, reason: ""))
        #expect(try client.next() == .endOfStream)
        try SlowClientTests.await { try server.activeConnections() == 0 }
    }

    @Test("a close_notify without a close frame is answered with one", arguments: ServerVariant.all)
    func closeNotify(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let client = try server.client("/relay")
        try client.endEncryption()
        #expect(try client.next() == .endOfStream)
        let idle = try server.client()
        try idle.endEncryption()
        #expect(try idle.readToEnd() == [])
        try SlowClientTests.await { try server.activeConnections() == 0 }
    }

    @Test("many handshakes at once cost those who are there no message", arguments: ServerVariant.all)
    func manyHandshakes(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let rounds = 200
        let members = try server.clients(2, "/relay")
        let counts = try Threads.map(9) { index -> Int in
            guard index > 0 else {
                for round in 0..<rounds {
                    try members[0].send("\(round)")
                    for member in members where try member.nextText() != "\(round)" {
                        throw TestFailure("round \(round) brought something else")
                    }
                }
                return rounds
            }
            for round in 0..<15 {
                let guest = try server.client("/echo")
                try guest.send("\(index) \(round)")
                guard try guest.nextText() == "\(index) \(round)" else { throw TestFailure("not the guest's own") }
                if round % 3 == 0 { guest.reset() } else { guest.close() }
            }
            return 15
        }
        #expect(counts == [rounds] + [Int](repeating: 15, count: 8))
        try SlowClientTests.await { try server.activeConnections() == 2 }
    }

    @Test("draining closes every client with 1001 and ends the sessions", arguments: ServerVariant.all)
    func drain(variant: ServerVariant) throws {
        let server = try RunningServer(variant, tls: TLSContexts())
        let clients = try server.clients(3, "/relay") + server.clients(2, "/") + server.clients(1, "/echo")
        let idle = try server.client()
        try idle.write(RunningServer.request("GET", "/healthz"))
        #expect(try idle.response().status == 200)
        let halfWay = try server.plainClient()
        try halfWay.write([22, 3, 1])
        server.beginToStop()
        for client in clients {
            #expect(try client.closeCode() == .goingAway)
            #expect(try client.next() == .endOfStream)
            client.close()
        }
        #expect(try idle.readToEnd() == [])
        idle.close()
        // Its socket may still have waited to be accepted.
        _ = try? halfWay.readToEnd()
        halfWay.close()
        server.stop()
    }
}
