import CSystem
import Synchronization
import Testing

@testable import Transport

@Suite("UringDriver")
struct UringDriverTests {
    private struct Outcome: Sendable {
        var io: IOChoice?
        var fallbackReason: String?
        var error: String?
        var received: [UInt8] = []
    }

    @Test("`auto` is io_uring where the kernel allows it")
    func autoIsUring() throws {
        let rig = try LoopRig(.auto)
        #expect(rig.loop.io == .uring)
        #expect(rig.loop.fallbackReason == nil)
    }

    @Test("a choice by name is what one gets", arguments: [IOChoice.uring, .epoll])
    func choiceByName(io: IOChoice) throws {
        let rig = try LoopRig(io)
        #expect(rig.loop.io == io)
        #expect(rig.loop.fallbackReason == nil)
    }

    @Test("where io_uring is refused, `auto` works with epoll and says why, and `uring` is an error")
    func fallsBack() {
        let outcome = Mutex(Outcome())
        // Seccomp filters stay with their thread.
        TestThread {
            guard system_refuse_io_uring() == 0 else { return }
            do {
                let rig = try LoopRig(.auto)
                let (peer, socket) = try rig.connectPeer()
                peer.send([1, 2])
                rig.run(until: { rig.handler.received[socket] == [1, 2] })
                outcome.withLock {
                    $0.io = rig.loop.io
                    $0.fallbackReason = rig.loop.fallbackReason
                    $0.received = rig.handler.received[socket] ?? []
                }
                _ = try LoopRig(.uring)
            } catch {
                outcome.withLock { $0.error = "\(type(of: error)): \(error)" }
            }
        }.join()
        let reason =
            "io_uring is not available: Operation not permitted"
            + " (see kernel.io_uring_disabled, or the container's seccomp profile)"
        let result = outcome.withLock { $0 }
        #expect(result.io == .epoll)
        #expect(result.fallbackReason == reason)
        #expect(result.received == [1, 2])
        #expect(result.error == "UringUnavailable: \(reason)")
    }

    @Test("a number of receive buffers that is no power of two is an error, not a trap")
    func refusesOddBuffers() {
        #expect(throws: UringUnavailable.self) { try LoopRig(.uring) { $0.receiveBufferCount = 3 } }
    }

    @Test("loops leave no descriptors behind", arguments: [IOChoice.uring, .epoll])
    func leavesNoDescriptors(io: IOChoice) async {
        switch io {
        case .uring: await #expect(processExitsWith: .success) { try Self.countDescriptors(.uring) }
        default: await #expect(processExitsWith: .success) { try Self.countDescriptors(.epoll) }
        }
    }

    /// In a process of its own: next to nobody else opens descriptors.
    private static func countDescriptors(_ io: IOChoice) throws {
        func lowestFree() -> Int32 {
            let descriptor = dup(0)
            close(descriptor)
            return descriptor
        }
        let before = lowestFree()
        for _ in 0..<40 {
            let rig = try LoopRig(io)
            let (peer, socket) = try rig.connectPeer()
            rig.perform { rig.loop.close(socket) }
            rig.run(until: { peer.hasEnded() })
            _ = try rig.connectPeer()
        }
        #expect(lowestFree() < before + 20)
    }
}
