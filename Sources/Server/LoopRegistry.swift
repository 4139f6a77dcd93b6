import Transport

/// The event loops by index, for those who have to wake them before all of them are made.
final class LoopRegistry: Sendable {
    // Filled once before any thread runs, then only read: no lock in the way of a message.
    private nonisolated(unsafe) var filled: [EventLoop] = []

    func fill(_ loops: [EventLoop]) { filled = loops }

    func wake(_ index: Int) { filled[index].wake() }
}
