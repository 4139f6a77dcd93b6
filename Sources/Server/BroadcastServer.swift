import Recording
import Synchronization
import Transport

/// A whole server: its loops, their threads, and what they share.
///
/// The first loop accepts and gives each client to the loop with the fewest; from then on a client stays where it is.
package final class BroadcastServer {
    private let shared: SharedState
    private let sequencer: Sequencer
    let loops: [ServerLoop]
    private var threads: [LoopThread] = []

    /// Where clients connect; the port is the one that was picked where 0 was asked for.
    package let address: SocketAddress

    /// Begins to listen; clients wait in the backlog until `start`.
    ///
    /// - Throws: `AddressError`, `SystemError` (the port is taken), `UringUnavailable`.
    package init(_ configuration: ServerConfiguration) throws {
        let shared = SharedState(configuration, descriptorLimit: DescriptorLimit.raise())
        self.shared = shared
        // The loops are made after the sequencer that wakes them.
        let registry = LoopRegistry()
        sequencer = Sequencer(loopCount: configuration.threads, isCompressing: configuration.compresses) {
            registry.wake($0)
        }
        let sequencer = sequencer
        loops = try (0..<configuration.threads).map { try ServerLoop(index: $0, shared: shared, sequencer: sequencer) }
        registry.fill(loops.map(\.loop))
        let wanted = try SocketAddress.resolve(host: configuration.host, port: configuration.port)
        let acceptor = loops[0]
        let listener = try acceptor.loop.listen(on: wanted)
        acceptor.listener = listener
        address = acceptor.loop.localAddress(of: listener)
        let unassigned = loops.map { UncheckedLoop(loop: $0) }
        for loop in loops { loop.colleagues = unassigned }
        acceptor.assign = { accepted in
            Self.leastLoaded(unassigned, shared).take(accepted, from: acceptor)
        }
    }

    /// The kernel interface in use, and why it is not io_uring where that was left to us.
    package var io: IOChoice { loops[0].loop.io }
    package var fallbackReason: String? { loops[0].loop.fallbackReason }

    package func start() throws {
        for loop in loops.map({ UncheckedLoop(loop: $0) }) {
            threads.append(
                try LoopThread {
                    Allocator.bindThreadArena()
                    loop.run()
                })
        }
    }

    /// Drains all loops; `join` returns when they are done.
    package func stop() { stopHandle.stop() }

    /// For threads that do not own the server: a signal's.
    package var stopHandle: ServerStopHandle { ServerStopHandle(loops: loops.map { UncheckedLoop(loop: $0) }) }

    /// Waits until all loops have ended.
    package func join() {
        for thread in threads { thread.join() }
        threads = []
        shared.artificialIntelligence?.cancel()
        // The ways from loop to loop are circles: their sockets go with the server.
        loops[0].assign = { $0.drop() }
        for loop in loops { loop.loop.forgetJobs() }
        for loop in loops { loop.colleagues = [] }
    }

    private static func leastLoaded(_ loops: [UncheckedLoop], _ shared: SharedState) -> UncheckedLoop {
        var best = 0
        var least = Int.max
        for (index, figures) in shared.figures.enumerated() {
            let assigned = figures.assignedConnections.load(ordering: .relaxed)
            if assigned < least { (best, least) = (index, assigned) }
        }
        shared.figures[best].assignedConnections.add(1, ordering: .relaxed)
        return loops[best]
    }
}
