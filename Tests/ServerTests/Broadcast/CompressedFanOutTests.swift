import Synchronization
import Testing
import WebSocketWire

@testable import Server
@testable import Transport

@Suite("FanOut: compressed clients")
struct CompressedFanOutTests {
    /// What one round of the server cost.
    private struct Cost: Equatable {
        var compressions = 0
        var logCopies: UInt64 = 0
        var sends = 0
        /// Different pieces of memory that sends were made from.
        var places = 0
    }

    private static let text = String(repeating: "the same for everybody, ", count: 20)

    private let server: ScriptedServer

    init() throws {
        server = try ScriptedServer { $0.compresses = true }
        // Announced a while after clients have come, at any time in the middle of a test, were it not taken already.
        _ = server.loop.shared.announcesConnectionCount.exchange(true, ordering: .relaxed)
    }

    private static func offer(_ windowBits: Int) -> String {
        "permessage-deflate; server_max_window_bits=\(windowBits)"
    }

    private func cost(_ round: () -> Void) throws -> Cost {
        let compressor = try #require(server.loop.fanOut.compressor)
        let compressions = compressor.compressionCount
        let logCopies = server.logCopies
        server.driver.forgetSends()
        round()
        let sends = server.driver.sends
        return Cost(
            compressions: compressor.compressionCount - compressions, logCopies: server.logCopies - logCopies,
            sends: sends.count, places: Set(sends.map { [$0.address, UInt($0.count)] }).count)
    }

    /// What each client has got since the last call.
    private func received(_ client: Int) throws -> [CodedMessage] {
        try CodedMessage.read(server.driver.delivered[client] ?? [])
    }

    @Test("100 clients of one window: compressed once, copied once, and every client is sent the same bytes of the log")
    func oneWindow() throws {
        let clients = server.join("/relay", count: 100, extensions: "permessage-deflate")
        for sender in clients.prefix(3) {
            let cost = try cost { server.say(sender, Self.text) }
            #expect(cost == Cost(compressions: 1, logCopies: 1, sends: 100, places: 1))
            for client in clients {
                let messages = try received(client)
                #expect(messages.map(\.text) == [Self.text])
                #expect(messages.map(\.isCompressed) == [true])
            }
        }
    }

    @Test("three windows: compressed and copied three times; a plain client beside them gets the plain frame")
    func severalWindows() throws {
        let windows = [9, 12, 15]
        let compressed = windows.flatMap { server.join("/relay", count: 10, extensions: Self.offer($0)) }
        let withoutPlain = try cost { server.say(compressed[0], Self.text) }
        #expect(withoutPlain == Cost(compressions: 3, logCopies: 3, sends: 30, places: 3))

        let plain = server.join("/relay")
        let cost = try cost { server.say(plain, Self.text) }
        #expect(cost == Cost(compressions: 3, logCopies: 4, sends: 31, places: 4))
        for client in compressed + [plain] {
            let messages = try received(client)
            #expect(messages.map(\.text) == [Self.text])
            #expect(messages.map(\.isCompressed) == [client != plain])
        }
        #expect(server.driver.delivered[plain]?.first == 0x81)
    }

    @Test("messages of one turn: compressed once each for each window, and one send a client carries them all")
    func coalesced() throws {
        let clients = [9, 15].flatMap { server.join("/relay", count: 5, extensions: Self.offer($0)) }
        let cost = try cost {
            server.turn { [driver = server.driver] in
                for sender in clients[..<7] { driver.receive(sender, TestClient.frame(Self.text)) }
            }
        }
        #expect(cost == Cost(compressions: 14, logCopies: 14, sends: 10, places: 2))
        for client in clients { #expect(try received(client).map(\.text) == (0..<7).map { _ in Self.text }) }
    }

    @Test("when the last client of a window has gone, nothing is compressed for it")
    func leaving() throws {
        let plain = server.join("/relay")
        let clients = server.join("/relay", count: 2, extensions: Self.offer(12))
        for (client, compressions) in zip(clients, [1, 0]) {
            server.turn { [loop = server.loop.loop] in loop?.didEnd(client, .endOfStream) }
            #expect(try cost { server.say(plain, Self.text) }.compressions == compressions)
        }
        #expect(try received(plain).map(\.text) == [Self.text])
    }

    @Test("a client that joins among messages gets those behind its place, plain where they were made before it came")
    func joiningAmongMessages() throws {
        let plain = server.join("/relay")
        let late = server.adopt()
        server.driver.forgetSends()
        server.turn { [driver = server.driver] in
            driver.receive(plain, TestClient.frame("before"))
            driver.receive(late, ScriptedServer.upgradeRequest("/relay", extensions: "permessage-deflate"))
            driver.receive(plain, TestClient.frame(Self.text))
        }
        server.say(plain, Self.text + "2")
        let bytes = try #require(server.driver.delivered[late])
        let head = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)))
        let messages = try CodedMessage.read(Array(bytes[head.upperBound...]))
        #expect(messages.map(\.text) == [Self.text, Self.text + "2"])
        #expect(messages.map(\.isCompressed) == [false, true])
        #expect(try received(plain).map(\.text) == ["before", Self.text, Self.text + "2"])
    }

    @Test("/echo compresses for the sender's window, and only what gets smaller")
    func echo() throws {
        let client = server.join("/echo", extensions: Self.offer(10))
        let cost = try cost {
            server.say(client, Self.text)
            server.say(client, "short")
        }
        #expect(cost.compressions == 1)
        let messages = try received(client)
        #expect(messages.map(\.text) == [Self.text, "short"])
        #expect(messages.map(\.isCompressed) == [true, false])
    }

    @Test("a server that does not compress declines, and sends plain frames")
    func declined() throws {
        let server = try ScriptedServer()
        let client = server.join("/relay", extensions: "permessage-deflate")
        #expect(server.loop.fanOut.compressor == nil)
        server.say(client, Self.text)
        let messages = try CodedMessage.read(server.driver.delivered[client] ?? [])
        #expect(messages.map(\.isCompressed) == [false])
    }

    @Test(
        "sends whole, short and refused at random: every client of every coding has every message, in one same order",
        arguments: 0..<10 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let clients =
            server.join("/relay", count: 2)
            + [9, 12, 15].flatMap { server.join("/relay", count: 2, extensions: Self.offer($0)) }
        server.driver.forgetSends()
        server.driver.room = { _, count in
            switch Int.random(in: 0..<4, using: &random) {
            case 0: 0
            case 1: Int.random(in: 0...count, using: &random)
            default: count
            }
        }
        var expected: [String] = []
        for number in 0..<100 {
            // Small ones, compressible ones, and some that need a segment of the log for themselves.
            let repeats = Int.random(in: 0..<20, using: &random) == 0 ? 40_000 : Int.random(in: 0...300, using: &random)
            let text = "\(number) " + String(repeating: "message, ", count: repeats)
            expected.append(text)
            let sender = clients[number % clients.count]
            let writable = server.driver.awaitingRoom.sorted().filter { _ in Bool.random(using: &random) }
            server.turn { [driver = server.driver] in
                for client in writable { driver.becomeWritable(client) }
                driver.receive(sender, TestClient.frame(text))
            }
        }
        server.driver.room = { $1 }
        while !server.driver.awaitingRoom.isEmpty {
            let writable = server.driver.awaitingRoom
            server.turn { [driver = server.driver] in for client in writable { driver.becomeWritable(client) } }
        }
        for client in clients {
            // Compared outside of the macro, which would print all of it.
            let isComplete = try received(client).map(\.text) == expected
            #expect(isComplete, "client \(client)")
        }
    }
}
