import CSystem
import Glibc
import Synchronization

/// Sends to a loop byte by byte, on a thread of its own, until the connection ends.
final class Flood: Sendable {
    private let connectionEnded = Atomic<Bool>(false)
    private let mustStop = Atomic<Bool>(false)

    // Only flags: no other memory depends on their order.
    var hasEnded: Bool { connectionEnded.load(ordering: .relaxed) }

    func stop() { mustStop.store(true, ordering: .relaxed) }

    func run(_ descriptor: Int32) {
        while !mustStop.load(ordering: .relaxed) {
            guard send(descriptor, "x", 1, system_message_no_signal) >= 0 || errno == EAGAIN else {
                connectionEnded.store(true, ordering: .relaxed)
                return
            }
        }
    }
}
