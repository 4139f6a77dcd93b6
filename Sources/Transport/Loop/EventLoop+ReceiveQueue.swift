import CSystem

/// What a loop can say of the bytes that waited for it: how many there are, and since when.
extension EventLoop {
    /// Bytes that the kernel holds for this socket and nobody has read; nil where it does not say. One system call: for
    /// a sample. With io_uring what the kernel has put into a buffer already is not among them.
    package func receiveBacklogBytes(of socket: SocketID) -> Int? {
        counters.kernelEntries += 1
        let bytes = system_receive_backlog(slots[socket.index].descriptor)
        return bytes >= 0 ? Int(bytes) : nil
    }

    /// From now on `receiveStampNanoseconds` says when the kernel took in what this socket's reads bring. For a socket
    /// that is not read from yet: between `connect` and `connected`.
    ///
    /// For a sample: such a socket is read with recvmsg(2), one read at a time also with io_uring, and while there is
    /// one the kernel reads a clock for every packet of the machine. A stamp belongs to the last segment of a read.
    ///
    /// - Returns: false where the kernel refuses; the socket is read as any other then.
    @discardableResult
    package func stampReceives(of socket: SocketID) -> Bool {
        precondition(!slots[socket.index].isReading, "how a socket is read cannot change while it is")
        guard system_stamp_receives(slots[socket.index].descriptor) == 0 else { return false }
        slots[socket.index].stampsReceives = true
        return true
    }
}
