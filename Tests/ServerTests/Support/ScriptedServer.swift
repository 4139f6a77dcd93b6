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
            sequencer: Sequencer(loopCount: 1, isCompressing: configuration.compresses) { _ in },
            makeLoop: { EventLoop(driver: driver, wakeSignal: try WakeSignal(), handler: $0) })
        // The number of clients would be announced by the clock, which no step of a test waits for.
        _ = loop.shared.announcesConnectionCount.exchange(true, ordering: .relaxed)
    }

    /// Lets `events` happen in one turn, then turns until nothing is left to do.
    func turn(_ events: @escaping () -> Void) {
        driver.turns.append(events)
        loop.loop.run()
    }

    /// A client that has upgraded and read the answer; its socket's index.
    ///
    /// - Parameter extensions: what it offers.
    func join(_ path: String, extensions: String? = nil) -> Int {
        let index = adopt()
        turn { [driver] in driver.receive(index, Self.upgradeRequest(path, extensions: extensions)) }
        driver.forgetSends()
        return index
    }

    func join(_ path: String, count: Int, extensions: String? = nil) -> [Int] {
        (0..<count).map { _ in join(path, extensions: extensions) }
    }

    /// A connection that has not said anything; its socket's index.
    func adopt() -> Int {
        turn { [loop] in loop.adopt(AcceptedConnection(descriptor: -1)) }
        return loop.connections.connections.count - 1
    }

    static func upgradeRequest(_ path: String, extensions: String? = nil) -> [UInt8] {
        let key = ClientUpgrade.key(from: (1, 2))
        return ClientUpgrade(host: "test", path: path, key: key, extensions: extensions).request()
    }

    /// The client sends a message.
    func say(_ client: Int, _ text: String) { turn { [driver] in driver.receive(client, TestClient.frame(text)) } }

    func connection(_ client: Int) -> Connection? { loop.connections[SocketID(index: client)] }

    /// Copies into the streams' logs so far.
    var logCopies: UInt64 { loop.fanOut.picture.ends.reduce(0) { $0 + $1.frameCount } }
}
