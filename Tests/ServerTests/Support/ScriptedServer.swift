import Transport
import WebSocketWire

@testable import Server
@testable import Transport

/// One loop of a server on a scripted driver: no sockets, no threads, the same steps each time.
final class ScriptedServer {
    let driver = ScriptedDriver()
    let loop: ServerLoop

    init(_ configure: (inout ServerConfiguration) -> Void = { _ in }) throws {
        var configuration = ServerConfiguration()
        configuration.servesRelay = true
        configure(&configuration)
        let driver = driver
        loop = try ServerLoop(
            index: 0, shared: SharedState(configuration, descriptorLimit: 1024),
            sequencer: Sequencer(loopCount: 1) { _ in },
            makeLoop: { EventLoop(driver: driver, wakeSignal: try WakeSignal(), handler: $0) })
    }

    /// Lets `events` happen in one turn, then turns until nothing is left to do.
    func turn(_ events: @escaping () -> Void) {
        driver.turns.append(events)
        loop.loop.run()
    }

    /// A client that has upgraded and read the answer; its socket's index.
    func join(_ path: String) -> Int {
        var index = -1
        turn { [self] in
            loop.adopt(AcceptedConnection(descriptor: -1))
            index = loop.connections.connections.count - 1
            driver.receive(
                index, ClientUpgrade(host: "test", path: path, key: ClientUpgrade.key(from: (1, 2))).request())
        }
        driver.forgetSends()
        return index
    }

    func join(_ path: String, count: Int) -> [Int] { (0..<count).map { _ in join(path) } }

    /// The client sends a message.
    func say(_ client: Int, _ text: String) { turn { [driver] in driver.receive(client, TestClient.frame(text)) } }

    func connection(_ client: Int) -> Connection? { loop.connections[SocketID(index: client)] }

    /// Copies into the streams' logs so far.
    var logCopies: UInt64 { loop.fanOut.ends.reduce(0) { $0 + $1.frameCount } }
}
