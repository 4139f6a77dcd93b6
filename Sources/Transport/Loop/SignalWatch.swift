import CSystem
import Glibc

/// Waits for SIGINT, SIGTERM and SIGHUP on a thread of its own and tells once that one came.
///
/// One watch a process: signal handlers are the process's.
package final class SignalWatch {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    /// - Parameter notify: called on the watching thread, once.
    /// - Throws: `SystemError` where there is no descriptor or thread to be had.
    package init(_ notify: @escaping @Sendable () -> Void) throws(SystemError) {
        let descriptor = eventfd(0, system_eventfd_blocking_flags)
        guard descriptor >= 0 else { throw SystemError("eventfd") }
        _ = try LoopThread {
            var count: UInt64 = 0
            while read(descriptor, &count, MemoryLayout<UInt64>.size) < 0, errno == EINTR {}
            // A second one ends the program at once.
            for number in Self.numbers { signal(number, SIG_DFL) }
            notify()
        }
        for number in Self.numbers { system_notify_signal(number, descriptor) }
    }
}
