import Glibc

/// A list that threads add to.
///
/// `@unchecked Sendable`: all access is under the lock. One of the C library's, which the thread sanitizer knows;
/// how `Mutex` hands over what it guards when threads contend for it, it does not see.
final class SharedList<Element: Sendable>: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
    private var list: [Element] = []

    init() { pthread_mutex_init(lock, nil) }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    var elements: [Element] { locked { list } }

    func append(_ element: Element) { locked { list.append(element) } }

    private func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body()
    }
}
