import CSystem
import Glibc
import Recording

/// What the drivers ask and report: the only calls that they make.
extension EventLoop {
    func state(of index: Int) -> SocketSlot.State { slots[index].state }

    func descriptor(of index: Int) -> Int32 { slots[index].descriptor }

    func discardBytes(_ index: Int) -> Int { slots[index].discardBytes }

    func didDiscard(_ index: Int, _ count: Int) {
        slots[index].discardBytes -= count
        counters.receives += 1
        counters.receivedBytes += count
    }

    func stampsReceives(_ index: Int) -> Bool { slots[index].stampsReceives }

    func slotWantsReading(_ index: Int) -> Bool { slots[index].wantsReading }

    func slotIsReading(_ index: Int) -> Bool { slots[index].isReading }

    func slotAwaitsWritable(_ index: Int) -> Bool { slots[index].awaitsWritable }

    /// The kernel took a request of this socket, or (with a negative change) is done with one.
    func requestsChanged(_ index: Int, by change: Int) {
        slots[index].outstandingRequests = UInt8(Int(slots[index].outstandingRequests) + change)
    }

    /// Given up by the handler, and held by requests that the kernel has not ended.
    func isWaitingForRequests(_ index: Int) -> Bool {
        slots[index].state == .closing && slots[index].outstandingRequests > 0
    }

    /// The kernel's wait is over.
    func awoke() { now = .now() }

    func didAccept(_ index: Int, _ descriptor: Int32) {
        let connection = AcceptedConnection(descriptor: descriptor)
        guard slots[index].state == .listening else { return connection.drop() }
        handler.accepted(connection)
    }

    /// Accepting ended with an error. Descriptors may be used up (EMFILE): try again later instead of spinning.
    func didFailToAccept(_ index: Int, code: Int32) {
        guard slots[index].state == .listening else { return }
        handler.acceptFailed(SystemError("accept", code: code))
        let retry = TimerToken(kind: Self.acceptTimerKind, value: UInt32(index))
        schedule(
            retry,
            afterNanoseconds: closingIndices.isEmpty
                ? Self.acceptRetryNanoseconds : Self.acceptRetryWhileClosingNanoseconds)
    }

    func didReceive(_ index: Int, _ bytes: UnsafeMutableRawBufferPointer) {
        guard slots[index].state == .open else { return }
        counters.receives += 1
        counters.receivedBytes += bytes.count
        handler.received(SocketID(index: index), bytes)
    }

    /// Bytes came in that the kernel had stamped, or that were to be (0 where it did not).
    func didReceive(_ index: Int, _ bytes: UnsafeMutableRawBufferPointer, stampNanoseconds: UInt64) {
        receiveStampNanoseconds = stampNanoseconds
        didReceive(index, bytes)
        receiveStampNanoseconds = 0
    }

    /// The reading request is over without an end of the stream: cancelled, or out of buffers.
    func didStopReading(_ index: Int) {
        slots[index].isReading = false
        if slots[index].state == .open, slots[index].wantsReading { startReading(index) }
    }

    /// The peer has finished writing (FIN), and may still read.
    func didReachEnd(_ index: Int) {
        guard slots[index].state == .open else { return didEnd(index, .endOfStream) }
        slots[index].isReading = false
        slots[index].wantsReading = false
        slots[index].hasEnded = true
        guard handler.peerFinished(SocketID(index: index)) else { return didEnd(index, .endOfStream) }
        if slots[index].state == .open { driver.readingEnded(index, slots[index].descriptor) }
    }

    func didEnd(_ index: Int, _ reason: CloseReason) {
        guard slots[index].state == .open || slots[index].state == .connecting else { return }
        slots[index].isReading = false
        beginClosing(index)
        handler.closed(SocketID(index: index), reason)
    }

    func didStopSending(_ index: Int, after sentBytes: Int) {
        guard slots[index].state == .open else { return }
        counters.stoppedSends += 1
        if !slots[index].awaitsWritable {
            slots[index].awaitsWritable = true
            driver.awaitWritable(index, slots[index].descriptor)
        }
        handler.sendStopped(SocketID(index: index), after: sentBytes)
    }

    func didSettleSends() { handler.sendsSettled() }

    func didBecomeWritable(_ index: Int) {
        slots[index].awaitsWritable = false
        switch slots[index].state {
        case .connecting:
            let code = system_socket_error(slots[index].descriptor)
            guard code == 0 else { return didEnd(index, .failed(code: code)) }
            slots[index].state = .open
            setReading(index, true)
            handler.connected(SocketID(index: index))
        case .open:
            handler.writable(SocketID(index: index))
        case .free, .listening, .closing:
            break
        }
    }

    func didWake() { wakeSignal.clear() }
}
