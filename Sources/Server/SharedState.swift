import Recording
import Synchronization

/// What all loops of one server share: each part says itself how it crosses threads.
final class SharedState: Sendable {
    /// Sockets of one loop that can be WebSocket clients; more than any process has had so far.
    private static let slotLimit = 1 << 22

    let configuration: ServerConfiguration
    let clients: ClientSet
    let figures: [LoopFigures]
    let startedAt = MonotonicInstant.now()
    let artificialIntelligence: OllamaClient?
    /// Connected clients that were admitted; kept apart from `clients`, whose count is raised a moment later.
    let admittedClients = Atomic<Int>(0)
    /// A change of the number of clients is going to be broadcast.
    let announcesConnectionCount = Atomic<Bool>(false)

    init(_ configuration: ServerConfiguration, descriptorLimit: Int) {
        self.configuration = configuration
        clients = ClientSet(loopCount: configuration.threads, capacityPerLoop: min(descriptorLimit, Self.slotLimit))
        artificialIntelligence = configuration.artificialIntelligence.map { OllamaClient($0) }
        figures = (0..<configuration.threads).map { _ in LoopFigures() }
    }
}
