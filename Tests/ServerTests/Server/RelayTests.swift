import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: relay and echo", .serialized)
struct RelayTests {
    @Test(
        "a message reaches every client on /relay, the sender included, with its kind",
        arguments: ServerVariant.all)
    func everyone(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(7, "/relay")
        try clients[3].send("hello")
        try clients[0].send(.binary, [0, 1, 255])
        try clients[5].send("")
        for client in clients {
            var received: [Received] = []
            for _ in 0..<3 { received.append(try client.next()) }
            #expect(received.count { $0 == .text("hello") } == 1)
            #expect(received.count { $0 == .message(.binary, [0, 1, 255]) } == 1)
            #expect(received.count { $0 == .text("") } == 1)
        }
    }

    @Test("all clients see the messages of many publishers in one same order", arguments: ServerVariant.all)
    func oneOrder(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let publishers = 5
        let messages = 400
        let clients = try server.clients(12, "/relay")
        let seen = try Threads.map(clients.count) { index in
            if index < publishers {
                for number in 0..<messages { try clients[index].send("\(index) \(number)") }
            }
            return try clients[index].nextTexts(publishers * messages)
        }
        for other in seen.dropFirst() { #expect(other == seen[0]) }
        for publisher in 0..<publishers {
            #expect(
                seen[0].filter { $0.hasPrefix("\(publisher) ") }
                    == (0..<messages).map { "\(publisher) \($0)" })
        }
    }

    @Test(
        "with a flush interval what comes soon after a round goes out together, nothing is lost, and the first waits for nothing",
        arguments: ServerVariant.all)
    func flushInterval(variant: ServerVariant) throws {
        let server = try RunningServer(variant) { $0.flushIntervalNanoseconds = 1_000_000_000 }
        let clients = try server.clients(3, "/relay")
        try clients[0].send("first")
        for client in clients { #expect(try client.nextText() == "first") }
        let before = try server.sends()
        for number in 0..<5 {
            try clients[0].send("\(number)")
            // One at a time: the server has read it before the next one is sent.
            try clients[0].send(.ping, [UInt8(number)])
            #expect(try clients[0].next() == .pong([UInt8(number)]))
        }
        for client in clients {
            for number in 0..<5 { #expect(try client.nextText() == "\(number)") }
        }
        // One round for the five, or two where this machine took more than a second for them; not five.
        #expect(try server.sends() - before <= 6)
    }

    @Test("a message in the bytes behind the upgrade request comes back", arguments: ServerVariant.all)
    func messageBehindUpgrade(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        for number in 0..<10 {
            let client = try server.client()
            try client.upgrade("/relay", behind: TestClient.frame("\(number)"))
            #expect(try client.nextText() == "\(number)")
        }
    }

    @Test("/echo sends each message back to its sender and to nobody else", arguments: ServerVariant.all)
    func echo(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let bystanders = try server.clients(2, "/echo") + server.clients(2, "/relay")
        let client = try server.client("/echo")
        for size in [0, 1, 125, 126, 65535, 65536, 1 << 20] {
            let payload = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try client.send(.binary, payload)
            #expect(try client.next() == .message(.binary, payload))
        }
        for bystander in bystanders {
            try bystander.send(.ping, [1])
            #expect(try bystander.next() == .pong([1]))
        }
    }

    @Test(
        "echoes larger than what a client may leave unread do not stop its reading",
        arguments: ServerVariant.all)
    func largeEchoes(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client("/echo")
        let payload = [UInt8](repeating: 5, count: 1 << 20)
        for _ in 0..<5 {
            try client.send(.binary, payload)
            try client.send("then")
            #expect(try client.next() == .message(.binary, payload))
            #expect(try client.nextText() == "then")
        }
    }

    @Test(
        "a message of exactly the limit passes; one byte more closes with 1009, for its sender only",
        arguments: ServerVariant.all)
    func limit(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(3, "/relay")
        let largest = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8) }
        try clients[0].send(.binary, largest)
        for client in clients { #expect(try client.next() == .message(.binary, largest)) }
        // The frame's head is enough: what is declared too large is refused before it comes.
        try clients[1].write(Array(TestClient.frame(.binary, largest + [0]).prefix(14)))
        #expect(try clients[1].closeCode() == .messageTooBig)
        try clients[2].send("still there")
        #expect(try clients[0].nextText() == "still there")
        #expect(try clients[2].nextText() == "still there")
    }

    @Test(
        "fragments are relayed as one frame, control frames between them answered at once",
        arguments: ServerVariant.all)
    func fragments(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(2, "/relay")
        try clients[0].send(.text, Array("one ".utf8), fin: false)
        try clients[0].send(.ping, [9])
        #expect(try clients[0].next() == .pong([9]))
        try clients[0].send(.continuation, Array("two ".utf8), fin: false)
        try clients[0].send(.continuation, Array("three".utf8))
        for client in clients { #expect(try client.nextText() == "one two three") }
        let half = [UInt8](repeating: 3, count: 1 << 19)
        try clients[0].send(.binary, half, fin: false)
        try clients[0].send(.continuation, half + [1])
        #expect(try clients[0].closeCode() == .messageTooBig)
    }

    @Test("frames that come a few bytes at a time are the same frames", arguments: ServerVariant.all)
    func trickle(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client("/relay")
        let text = String(repeating: "é", count: 300)
        for start in stride(from: 0, to: TestClient.frame(text).count, by: 5) {
            try client.write(Array(TestClient.frame(text).dropFirst(start).prefix(5)))
        }
        #expect(try client.nextText() == text)
    }

    @Test("clients that come and go under load cost the others nothing", arguments: ServerVariant.all)
    func churn(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let publishers = 3
        let messages = 600
        let stable = try server.clients(10, "/relay")
        let seen = try Threads.map(stable.count + 4) { index -> [String] in
            guard index < stable.count else {
                for round in 0..<60 {
                    let guest = try server.client("/relay")
                    if round % 3 == 0 {
                        try guest.send(.ping)
                        while try guest.next() != .pong([]) {}
                    }
                    if round % 2 == 0 { guest.reset() } else { guest.close() }
                }
                return []
            }
            if index < publishers {
                for number in 0..<messages { try stable[index].send("\(index) \(number)") }
            }
            return try stable[index].nextTexts(publishers * messages)
        }
        for other in seen.prefix(stable.count).dropFirst() { #expect(other == seen[0]) }
        #expect(Set(seen[0]).count == publishers * messages)
    }
}
