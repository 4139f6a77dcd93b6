import Testing
import WebSocketWire

@testable import Server

@Suite("Costs: serializations and copies of a broadcast to 100 clients")
struct CopyCostTests {
    /// What one round of the server cost.
    private struct Cost: Equatable {
        var serializations = 0
        var logCopies: UInt64 = 0
        var sends = 0
        /// Different pieces of memory that sends were made from.
        var places = 0
    }

    private static func cost(_ server: ScriptedServer, _ round: () -> Void) -> Cost {
        let serializations = server.loop.fanOut.staging.serializationCount
        let logCopies = server.logCopies
        server.driver.forgetSends()
        round()
        let sends = server.driver.sends
        return Cost(
            serializations: server.loop.fanOut.staging.serializationCount - serializations,
            logCopies: server.logCopies - logCopies, sends: sends.count,
            places: Set(sends.map { [$0.address, UInt($0.count)] }).count)
    }

    private static func frame(_ text: String) -> [UInt8] {
        var frame: [UInt8] = []
        FrameWriter.append(opcode: .text, payload: text.utf8, to: &frame)
        return frame
    }

    @Test("/relay: serialized once, copied once, and every client is sent the same bytes of the log")
    func relay() throws {
        let server = try ScriptedServer()
        let clients = server.join("/relay", count: 100)
        for number in 0..<3 {
            let text = "message \(number)"
            let cost = Self.cost(server) { server.say(clients[number], text) }
            #expect(cost == Cost(serializations: 1, logCopies: 1, sends: 100, places: 1))
            #expect(clients.allSatisfy { server.driver.delivered[$0] == Self.frame(text) })
        }
    }

    @Test("messages of one turn: serialized once each, and one send a client carries them all")
    func coalesced() throws {
        let server = try ScriptedServer()
        let clients = server.join("/relay", count: 100)
        let cost = Self.cost(server) {
            server.turn { for sender in clients[..<7] { server.driver.receive(sender, TestClient.frame("together")) } }
        }
        #expect(cost == Cost(serializations: 7, logCopies: 7, sends: 100, places: 1))
        let frames = Array(repeatElement(Self.frame("together"), count: 7).joined())
        #expect(clients.allSatisfy { server.driver.delivered[$0] == frames })
    }

    @Test("/: serialized once, copied once for each stream with members that carries it, never for a client")
    func streams() throws {
        let server = try ScriptedServer()
        let clients = server.join("/", count: 100)
        // A third each: gesture and AI (the beginning), with system as well, neither.
        for (number, client) in clients.enumerated() {
            if number % 3 == 1 { server.say(client, #"{"type":"subscribe","channels":["system"]}"#) }
            if number % 3 == 2 { server.say(client, #"{"type":"unsubscribe","channels":["gesture"]}"#) }
        }
        let message = Array(#"{"type":"gesture"}"#.utf8)
        let cost = Self.cost(server) {
            server.turn {
                message.withUnsafeBytes { server.loop.fanOut.broadcast(.text, $0, to: .subscribed(to: .gesture)) }
            }
        }
        #expect(cost == Cost(serializations: 1, logCopies: 2, sends: 67, places: 2))
        for (number, client) in clients.enumerated() {
            let expected = number % 3 == 2 ? nil : Self.frame(#"{"type":"gesture"}"#)
            #expect(server.driver.delivered[client] == expected)
        }
    }

    @Test("a loop's figures have the bytes of a frame once, and once for each stream that it was appended to")
    func bytes() throws {
        let server = try ScriptedServer()
        let clients = server.join("/", count: 3)
        let message = Array(#"{"type":"gesture"}"#.utf8)
        let frameBytes = UInt64(2 + message.count)
        let cost = {
            let copied = server.loop.figures.copiedBytes.current
            let appended = server.loop.figures.appendedBytes.current
            server.turn {
                message.withUnsafeBytes { server.loop.fanOut.broadcast(.text, $0, to: .subscribed(to: .gesture)) }
            }
            return [
                server.loop.figures.copiedBytes.current - copied,
                server.loop.figures.appendedBytes.current - appended,
            ]
        }
        #expect(cost() == [frameBytes, frameBytes])
        server.say(clients[1], #"{"type":"subscribe","channels":["system"]}"#)
        #expect(cost() == [frameBytes, 2 * frameBytes])
        // A stream without the channel is none of those.
        server.say(clients[2], #"{"type":"unsubscribe","channels":["gesture"]}"#)
        #expect(cost() == [frameBytes, 2 * frameBytes])
    }

    @Test("control: a copy for one client is seen, and so is a second serialization")
    func control() throws {
        let server = try ScriptedServer()
        let clients = server.join("/relay", count: 100)
        let copied = Self.cost(server) {
            server.turn {
                server.driver.receive(clients[0], TestClient.frame("once"))
                guard let connection = server.connection(clients[7]) else { return }
                server.loop.fanOut.say(connection, bytes: Self.frame("once"))
            }
        }
        #expect(copied == Cost(serializations: 1, logCopies: 1, sends: 101, places: 2))
        let twice = Self.cost(server) {
            server.turn { for _ in 0..<2 { server.driver.receive(clients[0], TestClient.frame("twice")) } }
        }
        #expect(twice.serializations == 2)
        #expect(twice.logCopies == 2)
    }
}
