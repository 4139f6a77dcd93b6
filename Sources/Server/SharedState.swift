import Recording
import Synchronization

/// What all loops of one server share: each part says itself how it crosses threads.
final class SharedState: Sendable {
    /// Sockets of one loop that can be WebSocket clients; more than any process has had so far.
    private static let slotLimit = 1 << 22
    /// Descriptors of the process that are no connections: the listener, files, signals; and of each loop: its ring.
    private static let ownDescriptors = 64
    private static let ownDescriptorsPerLoop = 4

    let configuration: ServerConfiguration
    let clients: ClientSet
    let figures: [LoopFigures]
    /// With more connections than this, those that nobody is served on make room for those that come.
    let connectionLimit: Int
    let startedAt = MonotonicInstant.now()
    let artificialIntelligence: OllamaClient?
    /// Connected clients that were admitted; kept apart from `clients`, whose count is raised a moment later.
    let admittedClients = Atomic<Int>(0)
    /// A change of the number of clients is going to be broadcast.
    let announcesConnectionCount = Atomic<Bool>(false)

    init(_ configuration: ServerConfiguration, descriptorLimit: Int) {
        self.configuration = configuration
        clients = ClientSet(loopCount: configuration.threads, capacityPerLoop: min(descriptorLimit, Self.slotLimit))
        connectionLimit = Self.connectionLimit(descriptors: descriptorLimit, configuration)
        artificialIntelligence = configuration.artificialIntelligence.map { OllamaClient($0) }
        figures = (0..<configuration.threads).map { _ in LoopFigures() }
    }

    /// On all loops, those on their way to one included.
    var connectionCount: Int { figures.reduce(0) { $0 + $1.assignedConnections.load(ordering: .relaxed) } }

    /// What the server's own descriptors leave; where there are few, three quarters.
    static func connectionLimit(descriptors: Int, _ configuration: ServerConfiguration) -> Int {
        let calls = configuration.artificialIntelligence?.maximumCalls ?? 0
        let own = ownDescriptors + ownDescriptorsPerLoop * configuration.threads + calls
        return descriptors - min(own, descriptors / 4)
    }
}
