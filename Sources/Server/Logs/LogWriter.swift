import Glibc
import Recording
import Transport

/// Writes log lines to a descriptor, on a thread of its own: whoever logs does not wait for the log's reader.
///
/// Lines go out in the order in which they came, none in two writes where it fits into `atomicBytes`, so that those of
/// several processes do not mix. What waits is bounded: lines that do not fit are dropped and counted, and a line in
/// their place says how many.
///
/// `@unchecked Sendable`: all that changes is under the lock, but for `thread`, which is the owner's. The lock is held
/// for copying a line, never while writing. It is one of the C library's, which the thread sanitizer knows.
final class LogWriter: @unchecked Sendable {
    /// What the kernel writes to a pipe in one piece (PIPE_BUF).
    private static let atomicBytes = 4096
    /// More than a notice has.
    private static let noticeBytes = 256

    private let descriptor: Int32
    private let limitBytes: Int
    private let notice: @Sendable (Int) -> [UInt8]
    // Allocated in init, never reassigned, freed in deinit.
    private let lock: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
    private let change: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)
    private var queue: [UInt8] = []
    /// Of the lines that are being written.
    private var writingBytes = 0
    private var droppedCount = 0
    private var isClosed = false
    private var thread: LoopThread?

    /// - Parameters:
    ///   - limitBytes: of the lines that wait, those being written included; at least 256.
    ///   - notice: the line that says how many lines were dropped.
    /// - Throws: where the system has no more threads to give.
    init(
        descriptor: Int32, limitBytes: Int, notice: @escaping @Sendable (Int) -> [UInt8]
    ) throws(SystemError) {
        self.descriptor = descriptor
        self.limitBytes = limitBytes
        self.notice = notice
        pthread_mutex_init(lock, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(change, &attributes)
        pthread_condattr_destroy(&attributes)
        // It keeps this until `close` has ended it.
        thread = try LoopThread { [self] in writeAll() }
    }

    deinit {
        pthread_cond_destroy(change)
        change.deallocate()
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    /// Queues a line, with its line feed. Any thread; never waits for the descriptor.
    func write(_ line: [UInt8]) {
        locked {
            guard !isClosed else { return }
            let wasIdle = queue.isEmpty
            noticeDropped(before: line.count)
            if droppedCount == 0, line.count <= roomBytes { queue += line } else { droppedCount += 1 }
            if wasIdle { pthread_cond_broadcast(change) }
        }
    }

    /// Takes no more lines, and waits until those that were taken are written, for so long at most. The owner's thread.
    ///
    /// - Returns: whether they are.
    @discardableResult
    func close(withinNanoseconds limit: UInt64) -> Bool {
        let end = MonotonicInstant.now().advanced(byNanoseconds: limit).nanoseconds
        var deadline = timespec(tv_sec: Int(end / 1_000_000_000), tv_nsec: Int(end % 1_000_000_000))
        let isWritten = locked {
            isClosed = true
            pthread_cond_broadcast(change)
            while !isDone, pthread_cond_timedwait(change, lock, &deadline) == 0 {}
            return isDone
        }
        if isWritten {
            thread?.join()
            thread = nil
        }
        return isWritten
    }

    // MARK: Under the lock

    private var roomBytes: Int { limitBytes - queue.count - writingBytes }

    private var isDone: Bool { queue.isEmpty && writingBytes == 0 && droppedCount == 0 }

    /// Says how many lines were dropped, where that and the next line fit.
    private func noticeDropped(before lineBytes: Int) {
        guard droppedCount > 0, Self.noticeBytes + lineBytes <= roomBytes else { return }
        queue += notice(droppedCount)
        droppedCount = 0
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body()
    }

    // MARK: The thread

    private func writeAll() {
        var lines: [UInt8] = []
        while takeNext(&lines) { write(whole: lines) }
    }

    /// Waits for lines; false where no more will come.
    ///
    /// - Parameter lines: those that were written; their memory is used again.
    private func takeNext(_ lines: inout [UInt8]) -> Bool {
        lines.removeAll(keepingCapacity: true)
        var next = lines
        lines = []
        defer { lines = next }
        return locked {
            writingBytes = 0
            noticeDropped(before: 0)
            pthread_cond_broadcast(change)
            while queue.isEmpty {
                guard !isClosed else { return false }
                pthread_cond_wait(change, lock)
            }
            swap(&queue, &next)
            writingBytes = next.count
            return true
        }
    }

    private func write(whole lines: [UInt8]) {
        lines.withUnsafeBytes { lines in
            var start = 0
            while start < lines.count {
                let end = Self.endOfPiece(lines, from: start)
                guard write(UnsafeRawBufferPointer(rebasing: lines[start..<end])) else { return }
                start = end
            }
        }
    }

    /// As many whole lines as the kernel writes in one piece, or one that is longer.
    private static func endOfPiece(_ lines: UnsafeRawBufferPointer, from start: Int) -> Int {
        let lineFeed = UInt8(ascii: "\n")
        guard lines.count - start > atomicBytes else { return lines.count }
        if let last = lines[start..<start + atomicBytes].lastIndex(of: lineFeed) { return last + 1 }
        return lines[start...].firstIndex(of: lineFeed).map { $0 + 1 } ?? lines.count
    }

    /// False where the rest cannot be written: there is nobody to be told.
    private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                // A descriptor that others have made non-blocking.
                var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&poller, 1, -1)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
