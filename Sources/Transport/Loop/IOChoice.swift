/// Which of the kernel's interfaces a loop is asked to use (`--io`).
package enum IOChoice: String, CaseIterable, Sendable {
    /// io_uring where the kernel allows it, else epoll.
    case auto
    case uring
    case epoll
}
