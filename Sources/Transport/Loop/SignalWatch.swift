import CSystem
import Glibc

/// Waits for SIGINT and SIGTERM on a thread of its own and tells once that one came.
///
/// One watch a process: signal handlers are the process's.
package final class SignalWatch {
    /// - Parameter notify: called on the watching thread, once.
    /// - Throws: `SystemError` where there is no descriptor or thread to be had.
    package init(_ notify: @escaping @Sendable () -> Void) throws(SystemError) {
        let descriptor = eventfd(0, system_eventfd_blocking_flags)
        guard descriptor >= 0 else { throw SystemError("eventfd") }
        _ = try LoopThread {
            var count: UInt64 = 0
            while read(descriptor, &count, MemoryLayout<UInt64>.size) < 0, errno == EINTR {}
            // A second one ends the program at once.
            signal(SIGTERM, SIG_DFL)
            signal(SIGINT, SIG_DFL)
            notify()
        }
        system_notify_signal(SIGTERM, descriptor)
        system_notify_signal(SIGINT, descriptor)
    }
}
