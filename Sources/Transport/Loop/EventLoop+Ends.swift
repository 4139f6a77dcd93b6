import CSystem
import Glibc

extension EventLoop {
    /// Whether the peer has ended a connection that is not read from. The drivers need not notice: to them an end is
    /// what a read finds, and io_uring has no request there that a reset would end.
    ///
    /// What is unread stays readable. Cost: one system call, two where there is an end.
    package func unreadEnd(of socket: SocketID) -> CloseReason? {
        guard slots[socket.index].state == .open else { return nil }
        let descriptor = slots[socket.index].descriptor
        var entry = pollfd(fd: descriptor, events: system_poll_peer_finished, revents: 0)
        guard poll(&entry, 1, 0) > 0 else { return nil }
        let code = system_socket_error(descriptor)
        return code == 0 ? .endOfStream : .failed(code: code)
    }
}
