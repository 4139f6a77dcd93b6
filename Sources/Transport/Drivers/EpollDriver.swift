import CSystem
import Glibc

/// The epoll driver: level-triggered readiness, one system call for each read and send.
///
/// Level-triggered because one read per ready socket and turn then keeps the sockets fair, and a socket with more to
/// read simply comes up again. Sends go out as they are queued; what was cut short is kept until the next settlement,
/// so that both drivers report in the same order.
final class EpollDriver: Driver {
    private static let eventCapacity = 1024
    private static let acceptsPerTurn = 256
    private static let wakeData = UInt64.max

    private struct StoppedSend {
        let index: Int
        let sentBytes: Int
        /// 0 where the socket is merely full.
        let code: Int32
    }

    private let epoll: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private let input: UnsafeMutableRawBufferPointer
    private var stoppedSends: [StoppedSend] = []

    init(_ configuration: EventLoop.Configuration, wakeDescriptor: Int32) throws(SystemError) {
        epoll = epoll_create1(system_epoll_cloexec)
        guard epoll >= 0 else { throw SystemError("epoll_create1") }
        events = .allocate(capacity: Self.eventCapacity)
        events.initialize(repeating: epoll_event(), count: Self.eventCapacity)
        // One read may take several frames of a large message: fewer calls for the same bytes.
        input = .allocate(byteCount: configuration.receiveBufferBytes * 4, alignment: 64)
        super.init()
        register(wakeDescriptor, system_epoll_add, interest: system_epoll_in, data: Self.wakeData)
    }

    deinit {
        close(epoll)
        events.deallocate()
        input.deallocate()
    }

    override var io: IOChoice { .epoll }
    override var readBytes: Int { input.count }

    override func accept(_ index: Int, _ descriptor: Int32) {
        register(descriptor, system_epoll_add, interest: system_epoll_in, data: UInt64(index))
    }

    override func read(_ index: Int, _ descriptor: Int32) { updateInterest(index, descriptor) }

    override func stopReading(_ index: Int, _ descriptor: Int32) {
        loop.didStopReading(index)
        updateInterest(index, descriptor)
    }

    override func readingEnded(_ index: Int, _ descriptor: Int32) { updateInterest(index, descriptor) }

    override func awaitWritable(_ index: Int, _ descriptor: Int32) { updateInterest(index, descriptor) }

    override func cancelAll(_ index: Int, _ descriptor: Int32) {
        loop.counters.kernelEntries += 1
        _ = epoll_ctl(epoll, system_epoll_delete, descriptor, nil)
    }

    override func send(
        _ indices: UnsafeBufferPointer<Int32>, _ slots: UnsafeBufferPointer<SocketSlot>, _ bytes: UnsafeRawPointer,
        _ count: Int
    ) {
        loop.counters.kernelEntries += indices.count
        for index in indices {
            let sent = system_send(slots[Int(index)].descriptor, bytes, count, system_message_no_signal)
            if sent != count { resend(Int(index), slots[Int(index)].descriptor, bytes, count, sent) }
        }
    }

    override func send(_ index: Int, _ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) {
        loop.counters.kernelEntries += 1
        let sent = system_send(descriptor, bytes, count, system_message_no_signal)
        if sent != count { resend(index, descriptor, bytes, count, sent) }
    }

    /// A send that did not go out whole: tried again where only a signal came in between, else noted.
    private func resend(_ index: Int, _ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int, _ first: Int) {
        var sent = first
        while sent < 0 && errno == EINTR {
            loop.counters.kernelEntries += 1
            sent = system_send(descriptor, bytes, count, system_message_no_signal)
        }
        if sent == count { return }
        let isFull = sent >= 0 || errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM
        stoppedSends.append(StoppedSend(index: index, sentBytes: max(sent, 0), code: isFull ? 0 : errno))
    }

    override func flush() {
        // A report may close sockets, but never queues a send: the list does not grow meanwhile.
        for stopped in stoppedSends {
            if stopped.code == 0 {
                loop.didStopSending(stopped.index, after: stopped.sentBytes)
            } else {
                loop.didEnd(stopped.index, .failed(code: stopped.code))
            }
        }
        stoppedSends.removeAll(keepingCapacity: true)
        loop.didSettleSends()
    }

    override func poll(timeoutNanoseconds: Int64) {
        flush()
        loop.counters.kernelEntries += 1
        let ready = system_epoll_wait(epoll, events, Int32(Self.eventCapacity), timeoutNanoseconds)
        loop.awoke()
        guard ready > 0 else { return }
        for position in 0..<Int(ready) {
            let data = system_epoll_data(events + position)
            if data == Self.wakeData {
                loop.didWake()
            } else {
                handle(Int(data), events[position].events)
            }
        }
    }

    private func handle(_ index: Int, _ ready: UInt32) {
        if loop.state(of: index) == .listening { return acceptAll(index) }
        let isBroken = ready & (system_epoll_err | system_epoll_hup) != 0
        if loop.slotAwaitsWritable(index), ready & system_epoll_out != 0 || isBroken {
            let wasOpen = loop.state(of: index) == .open
            loop.didBecomeWritable(index)
            if wasOpen, loop.state(of: index) == .open { updateInterest(index, loop.descriptor(of: index)) }
        }
        guard loop.state(of: index) == .open else { return }
        if loop.slotIsReading(index) {
            if ready & system_epoll_in != 0 || isBroken { readOnce(index, loop.descriptor(of: index)) }
        } else if isBroken {
            // Nobody reads, so nobody would notice, and what cannot be masked would be reported for ever.
            let descriptor = loop.descriptor(of: index)
            let code = system_socket_error(descriptor)
            guard code == 0 else { return loop.didEnd(index, .failed(code: code)) }
            // Both sides have finished: what is unread waits until reading goes on, which registers it again.
            cancelAll(index, descriptor)
        }
    }

    private func readOnce(_ index: Int, _ descriptor: Int32) {
        loop.counters.kernelEntries += 1
        let discardBytes = loop.discardBytes(index)
        if discardBytes == 0, loop.stampsReceives(index) { return readStamped(index, descriptor) }
        // MSG_TRUNC drops what a TCP socket would have given (tcp(7)).
        let count =
            discardBytes > 0
            ? recv(descriptor, nil, discardBytes, system_message_truncate)
            : recv(descriptor, input.baseAddress, input.count, 0)
        if count > 0, discardBytes > 0 {
            loop.didDiscard(index, count)
        } else if count > 0 {
            loop.didReceive(index, UnsafeMutableRawBufferPointer(rebasing: input[..<count]))
        } else if count == 0 {
            loop.didReachEnd(index)
        } else if errno != EAGAIN && errno != EINTR {
            loop.didEnd(index, .failed(code: errno))
        }
    }

    /// As `readOnce`, with the kernel's stamp of what was read.
    private func readStamped(_ index: Int, _ descriptor: Int32) {
        var stampNanoseconds: UInt64 = 0
        let count = system_receive_stamped(descriptor, input.baseAddress, input.count, &stampNanoseconds)
        if count > 0 {
            let bytes = UnsafeMutableRawBufferPointer(rebasing: input[..<count])
            loop.didReceive(index, bytes, stampNanoseconds: stampNanoseconds)
        } else if count == 0 {
            loop.didEnd(index, .endOfStream)
        } else if errno != EAGAIN && errno != EINTR {
            loop.didEnd(index, .failed(code: errno))
        }
    }

    private func acceptAll(_ index: Int) {
        let descriptor = loop.descriptor(of: index)
        for _ in 0..<Self.acceptsPerTurn {
            loop.counters.kernelEntries += 1
            let accepted = system_accept(descriptor)
            if accepted >= 0 {
                loop.didAccept(index, accepted)
                guard loop.state(of: index) == .listening else { return }
                continue
            }
            switch errno {
            case EAGAIN: return
            case EINTR, ECONNABORTED: continue
            default:
                let code = errno
                _ = epoll_ctl(epoll, system_epoll_delete, descriptor, nil)
                return loop.didFailToAccept(index, code: code)
            }
        }
    }

    private func updateInterest(_ index: Int, _ descriptor: Int32) {
        var interest: UInt32 = 0
        if loop.slotIsReading(index) { interest |= system_epoll_in }
        if loop.slotAwaitsWritable(index) { interest |= system_epoll_out }
        if !register(descriptor, system_epoll_modify, interest: interest, data: UInt64(index)) {
            register(descriptor, system_epoll_add, interest: interest, data: UInt64(index))
        }
    }

    @discardableResult
    private func register(_ descriptor: Int32, _ operation: Int32, interest: UInt32, data: UInt64) -> Bool {
        var event = epoll_event()
        system_epoll_set(&event, interest, data)
        loop?.counters.kernelEntries += 1
        return epoll_ctl(epoll, operation, descriptor, &event) == 0
    }
}
