import Testing
import WebSocketWire

@testable import Server

@Suite("FanOut: peers that stop reading")
struct FanOutSlowPeerTests {
    private static func frame(_ payload: [UInt8]) -> [UInt8] {
        var frame: [UInt8] = []
        FrameWriter.append(opcode: .binary, payload: payload, to: &frame)
        return frame
    }

    @Test("a whole, a short and a refused send of one message; the rest follows when there is room, and nothing else")
    func eachKind() throws {
        let server = try ScriptedServer()
        let clients = server.join("/relay", count: 4)
        let (whole, short, refused) = (clients[1], clients[2], clients[3])
        let first = Self.frame([UInt8](0..<100))
        let second = Self.frame([UInt8](100..<200))
        server.driver.room = { index, count in index == short ? 33 : index == refused ? 0 : count }
        server.turn { server.driver.receive(clients[0], TestClient.frame(.binary, [UInt8](0..<100))) }
        #expect(server.driver.delivered[whole] == first)
        #expect(server.driver.delivered[short] == Array(first[..<33]))
        #expect(server.driver.delivered[refused] == [])
        #expect(server.driver.awaitingRoom == [short, refused])
        // Nobody tries again before there is room, and the others do not wait.
        server.turn { server.driver.receive(clients[0], TestClient.frame(.binary, [UInt8](100..<200))) }
        #expect(server.driver.sends.count == 4 + 2)
        #expect(server.driver.delivered[whole] == first + second)
        server.driver.room = { $1 }
        server.turn { for client in [short, refused] { server.driver.becomeWritable(client) } }
        for client in clients { #expect(server.driver.delivered[client] == first + second) }
        #expect(server.driver.sends.count == 4 + 2 + 2)
    }

    @Test(
        "sends whole, short and refused at random: every client has every byte in the end",
        arguments: 0..<20 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let server = try ScriptedServer()
        let clients = server.join("/relay", count: 5)
        server.driver.room = { _, count in
            switch Int.random(in: 0..<4, using: &random) {
            case 0: 0
            case 1: Int.random(in: 0...count, using: &random)
            default: count
            }
        }
        var expected: [UInt8] = []
        for _ in 0..<150 {
            // Many small messages, and some that need a segment of the log for themselves.
            let limit = Int.random(in: 0..<20, using: &random) == 0 ? 400_000 : 3_000
            let payload = [UInt8](
                repeating: .random(in: 0...255, using: &random), count: .random(in: 0...limit, using: &random))
            expected += Self.frame(payload)
            let writable = server.driver.awaitingRoom.sorted().filter { _ in Bool.random(using: &random) }
            server.turn {
                for client in writable { server.driver.becomeWritable(client) }
                server.driver.receive(clients[0], TestClient.frame(.binary, payload))
            }
        }
        let sends = server.driver.sends
        #expect(sends.contains { $0.sentBytes == 0 } && sends.contains { $0.sentBytes == $0.count })
        #expect(sends.contains { $0.sentBytes > 0 && $0.sentBytes < $0.count })
        server.driver.room = { $1 }
        while !server.driver.awaitingRoom.isEmpty {
            let writable = server.driver.awaitingRoom
            server.turn { for client in writable { server.driver.becomeWritable(client) } }
        }
        for client in clients { #expect(server.driver.delivered[client] == expected) }
    }
}
