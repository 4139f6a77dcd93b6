import Recording
import Testing

@testable import Server
@testable import Transport

@Suite("Newcomers")
struct NewcomersTests {
    private let table = ConnectionTable()

    private func connection(_ index: Int, at nanoseconds: UInt64) -> Connection {
        let connection = Connection(
            socket: SocketID(index: index), loopIndex: 0, now: MonotonicInstant(nanoseconds: nanoseconds))
        table.insert(connection)
        return connection
    }

    /// The sockets in the order in which they would go; none is left then.
    private func order(_ newcomers: inout Newcomers) -> [Int] {
        var indices: [Int] = []
        while let oldest = newcomers.oldest() {
            indices.append(oldest.socket.index)
            newcomers.remove(oldest)
        }
        return indices
    }

    @Test("the oldest is the one that came first of those that are left")
    func leaving() {
        var newcomers = Newcomers(among: table)
        let connections = (0..<5).map { connection($0, at: UInt64($0)) }
        for connection in connections { newcomers.insert(connection) }
        #expect(newcomers.count == 5)
        for index in [2, 0, 0] { newcomers.remove(connections[index]) }
        #expect(newcomers.count == 3)
        let left = order(&newcomers)
        #expect(left == [1, 3, 4])
        #expect(newcomers.count == 0)
    }

    @Test("the next connection on a socket is not taken for the one before")
    func reusedSocket() {
        var newcomers = Newcomers(among: table)
        let first = connection(0, at: 1)
        newcomers.insert(first)
        newcomers.remove(first)
        newcomers.insert(connection(1, at: 2))
        newcomers.insert(connection(0, at: 3))
        let left = order(&newcomers)
        #expect(left == [1, 0])
    }

    @Test("one that is closed has its place by when that began, whether it was served in between or not")
    func closing() {
        var newcomers = Newcomers(among: table)
        let connections = (0..<3).map { connection($0, at: UInt64($0)) }
        for connection in connections { newcomers.insert(connection) }
        newcomers.remove(connections[0])
        for connection in connections[...1] {
            connection.phase = .closing
            newcomers.insert(connection)
        }
        #expect(newcomers.count == 3)
        let left = order(&newcomers)
        #expect(left == [2, 0, 1])
    }

    @Test("a connection that is being closed counts again, a client's does not")
    func closed() throws {
        let server = try ScriptedServer()
        let requests = [
            "hello\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n",
        ]
        let connections = try requests.map { request in
            let index = server.adopt()
            server.turn { [driver = server.driver] in driver.receive(index, Array(request.utf8)) }
            return try #require(server.connection(index))
        }
        #expect(connections.map(\.isNewcomer) == [true, true, false])
        #expect(server.loop.newcomers.count == 2)
        let index = server.join("/relay")
        let client = try #require(server.connection(index))
        server.turn { [driver = server.driver] in driver.receive(index, [0xff, 0xff]) }
        #expect(client.isClosing)
        #expect(!client.isNewcomer)
        server.loop.giveUp(connections[0])
        #expect(server.loop.newcomers.count == 1)
    }

    @Test("where descriptors are few, newcomers make room for those that come, down to a few of them")
    func fewDescriptors() throws {
        let server = try ScriptedServer()
        let client = server.join("/relay")
        let shared = server.loop.shared
        let adopt = { (count: Int) in
            server.turn { [loop = server.loop] in
                for _ in 0..<count {
                    shared.figures[0].assignedConnections.add(1, ordering: .relaxed)
                    loop.adopt(AcceptedConnection(descriptor: -1))
                }
            }
        }
        shared.figures[0].assignedConnections.store(shared.connectionLimit - 40, ordering: .relaxed)
        adopt(50)
        #expect(server.loop.newcomers.count == 40)
        shared.figures[0].assignedConnections.add(shared.connectionLimit, ordering: .relaxed)
        adopt(1)
        #expect(server.loop.newcomers.count == Newcomers.guaranteed)
        adopt(50)
        #expect(server.loop.newcomers.count == Newcomers.guaranteed)
        let stays = server.connection(client) != nil
        #expect(stays)
    }

    @Test(
        "connections get what the server's own descriptors leave",
        arguments: [(1_048_576, 1, 0, 1_048_508), (1024, 4, 16, 928), (64, 1, 0, 48), (0, 1, 0, 0)])
    func connectionLimit(descriptors: Int, threads: Int, calls: Int, limit: Int) throws {
        var configuration = ServerConfiguration()
        configuration.threads = threads
        if calls > 0 {
            var service = try AIServiceConfiguration(url: "http://h")
            service.maximumCalls = calls
            configuration.artificialIntelligence = service
        }
        #expect(SharedState.connectionLimit(descriptors: descriptors, configuration) == limit)
    }

    @Test("a flood pushes out the oldest of those that have said nothing, and nobody who is served")
    func flood() throws {
        let server = try ScriptedServer()
        let client = server.join("/relay")
        let kept = server.adopt()
        server.turn { [driver = server.driver] in driver.receive(kept, RunningServer.request("GET", "/healthz")) }
        let half = server.adopt()
        server.turn { [driver = server.driver] in driver.receive(half, Array("GET /healthz HTTP/1.1\r\n".utf8)) }
        let connections = try [client, kept, half].map { try #require(server.connection($0)) }
        #expect(connections.map(\.isNewcomer) == [false, false, true])

        server.turn { [loop = server.loop] in
            for _ in 0..<Newcomers.limit { loop.adopt(AcceptedConnection(descriptor: -1)) }
        }
        #expect(connections.map(\.isGone) == [false, false, true])
        #expect(server.loop.newcomers.count == Newcomers.limit)
        server.driver.forgetSends()
        server.turn { [driver = server.driver] in driver.receive(kept, RunningServer.request("GET", "/healthz")) }
        #expect(server.driver.takeDelivered(kept).starts(with: "HTTP/1.1 200 ".utf8))
    }
}
