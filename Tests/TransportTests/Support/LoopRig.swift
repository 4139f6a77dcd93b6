import Testing

@testable import Transport

/// A loop with a recording handler, run on the test's own thread until something has happened.
///
/// A watchdog ends each run, so that a lost event fails a test instead of hanging it.
final class LoopRig {
    private static let watchdogKind: UInt32 = 1 << 30
    private static let tickKind: UInt32 = 1 << 30 + 1
    private static let watchdogNanoseconds: UInt64 = 10_000_000_000
    private static let tickNanoseconds: UInt64 = 1_000_000

    /// Whether a timer is a rig's, not the test's.
    static func isOwn(_ timer: TimerToken) -> Bool { timer.kind >= watchdogKind }

    let loop: EventLoop
    let handler: RecordingHandler
    private var runs: UInt32 = 0
    private var listener: SocketAddress?

    init(_ io: IOChoice, configure: (inout EventLoop.Configuration) -> Void = { _ in }) throws {
        var configuration = EventLoop.Configuration(io: io)
        configure(&configuration)
        handler = RecordingHandler()
        loop = try EventLoop(configuration: configuration, handler: handler)
    }

    deinit {
        while let client = handler.takeClient() { client.drop() }
    }

    /// Runs turns until `isDone`, asked after each of them.
    ///
    /// - Parameter ticking: turns every millisecond, for conditions that look at a peer. Off where turns are counted.
    func run(
        ticking: Bool = true, reacting reaction: @escaping (RecordingHandler.Event) -> Void = { _ in },
        until isDone: @escaping () -> Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        runs += 1
        let watchdog = TimerToken(kind: Self.watchdogKind, value: runs)
        let tick = TimerToken(kind: Self.tickKind, value: runs)
        loop.schedule(watchdog, afterNanoseconds: Self.watchdogNanoseconds)
        if ticking { loop.schedule(tick, afterNanoseconds: Self.tickNanoseconds) }
        handler.reaction = { [loop] event in
            switch event {
            case .timerFired(watchdog):
                Issue.record("what the test waits for never happened", sourceLocation: sourceLocation)
                loop.stop()
            case .timerFired(tick):
                loop.schedule(tick, afterNanoseconds: Self.tickNanoseconds)
            case .timerFired(let timer) where Self.isOwn(timer):
                break
            default:
                reaction(event)
                if event == .turnEnded, isDone() { loop.stop() }
            }
        }
        loop.run()
        handler.reaction = nil
    }

    /// Runs `action` inside a turn; what it has sent is settled afterwards.
    func perform(
        reacting reaction: @escaping (RecordingHandler.Event) -> Void = { _ in },
        _ action: @escaping () -> Void, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var isDone = false
        loop.wake()
        run(
            ticking: false,
            reacting: { event in
                reaction(event)
                guard event == .woken, !isDone else { return }
                action()
                isDone = true
            }, until: { isDone }, sourceLocation: sourceLocation)
    }

    /// Lets the loop do what is at hand: some turns more.
    func settle(turns: Int = 4) {
        var left = turns
        run(
            reacting: { event in
                if event == .turnEnded { left -= 1 }
            }, until: { left <= 0 })
    }

    /// Where this loop listens, from the first call on.
    func address() throws -> SocketAddress {
        if let listener { return listener }
        let any = try SocketAddress.resolve(host: "127.0.0.1", port: 0)
        let address = loop.localAddress(of: try loop.listen(on: any))
        listener = address
        return address
    }

    /// A peer connected to this loop, and the loop's end of it, adopted.
    func connectPeer(
        receiveBufferBytes: Int32? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> (peer: Peer, socket: SocketID) {
        let peer = try Peer(connectingTo: try address(), receiveBufferBytes: receiveBufferBytes)
        run(until: { [handler] in !handler.clients.isEmpty }, sourceLocation: sourceLocation)
        let socket = loop.adopt(try #require(handler.takeClient(), sourceLocation: sourceLocation))
        handler.forget(socket)
        return (peer, socket)
    }
}
