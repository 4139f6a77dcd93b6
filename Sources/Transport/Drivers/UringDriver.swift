import CLiburing
import CSystem
import Glibc

/// The io_uring driver: multishot accept and receive, one kernel entry for a whole round of sends.
///
/// Sends are made so that they never stay pending: `MSG_DONTWAIT | MSG_WAITALL` with `IOSQE_CQE_SKIP_SUCCESS`, always
/// together. A whole send then posts nothing and is over when the submitting `io_uring_enter` returns; a short one
/// posts its byte count, a refused one its errno, both before that return. (Without `MSG_DONTWAIT` a blocked send
/// would go on reading its memory after the turn; without `MSG_WAITALL` a short send would count as a success and go
/// unnoticed.) So a send behaves as `send(2)` on a non-blocking socket does, and 100 of them cost one kernel entry.
///
/// Completions are copied out of the ring at once and handled in order, sends first, so that reporting one may submit
/// more without losing its place. Needs Linux 6.1 (`DEFER_TASKRUN`).
final class UringDriver: Driver {
    private static let harvestCapacity = 256
    /// Bounds how long the loop is away in the kernel: some 0.5 ms of sends on loopback. From 32 to 4,096 the rate was the
    /// same.
    private static let entriesPerSubmission: UInt32 = 256
    private static let tooOld = "the kernel is older than Linux 6.1"

    private let ring: UnsafeMutablePointer<io_uring>
    private let buffers: ProvidedBuffers
    private var files: FixedFiles
    private let wakeDescriptor: Int32
    private let harvested: UnsafeMutablePointer<UnsafeMutablePointer<io_uring_cqe>?>
    /// Completions taken out of the ring and not yet reported, from `nextCompletion` on.
    private var completions: [UringCompletion] = []
    private var nextCompletion = 0
    /// How many of `completions` are known to be no sends, or are reported sends.
    private var settledCompletions = 0
    /// Sockets whose receive request ended for want of buffers, to be started again when the turn gave some back.
    private var starvedIndices: [Int] = []
    /// Where sockets with stamps are read into, one at a time. Allocated when the first one is read, freed in deinit.
    private var stampedInput: UnsafeMutableRawBufferPointer?

    init(_ configuration: EventLoop.Configuration, wakeDescriptor: Int32) throws(UringUnavailable) {
        ring = .allocate(capacity: 1)
        ring.initialize(to: io_uring())
        harvested = .allocate(capacity: Self.harvestCapacity)
        harvested.initialize(repeating: nil, count: Self.harvestCapacity)
        self.wakeDescriptor = wakeDescriptor
        do throws(UringUnavailable) {
            try Self.setUp(ring, entries: configuration.ringEntries)
        } catch {
            ring.deallocate()
            harvested.deallocate()
            throw error
        }
        do throws(UringUnavailable) {
            buffers = try ProvidedBuffers(
                ring, count: configuration.receiveBufferCount, bufferBytes: configuration.receiveBufferBytes)
        } catch {
            io_uring_queue_exit(ring)
            ring.deallocate()
            harvested.deallocate()
            throw error
        }
        files = FixedFiles(ring, capacity: configuration.fixedFileCapacity)
        super.init()
    }

    deinit {
        stampedInput?.deallocate()
        io_uring_queue_exit(ring)
        ring.deallocate()
        harvested.deallocate()
    }

    private static func setUp(_ ring: UnsafeMutablePointer<io_uring>, entries: Int) throws(UringUnavailable) {
        var parameters = io_uring_params()
        // SUBMIT_ALL: one bad request must not hold up the sends behind it. R_DISABLED: the loop may be made on one
        // thread and run on another; its ring belongs to the thread that enables it.
        parameters.flags =
            uring_setup_single_issuer | uring_setup_defer_taskrun | uring_setup_submit_all
            | uring_setup_cq_size | uring_setup_disabled
        parameters.cq_entries = UInt32(max(entries * 4, 1024))
        let status = io_uring_queue_init_params(UInt32(entries), ring, &parameters)
        guard status == 0 else {
            // Flags that the kernel does not know are EINVAL.
            if status == -EINVAL { throw UringUnavailable(reason: Self.tooOld) }
            let hint = status == -EPERM ? " (see kernel.io_uring_disabled, or the container's seccomp profile)" : ""
            throw UringUnavailable(reason: String(cString: strerror(-status)) + hint)
        }
        let needed = uring_feature_nodrop | uring_feature_ext_arg | uring_feature_cqe_skip
        guard parameters.features & needed == needed else {
            io_uring_queue_exit(ring)
            throw UringUnavailable(reason: Self.tooOld)
        }
    }

    override var io: IOChoice { .uring }
    override var readBytes: Int { buffers.bufferBytes }

    override func start() {
        // The second time the ring is enabled already, and its wake-up armed.
        guard system_enable_io_uring(ring.pointee.ring_fd) == 0 else { return }
        armWake()
    }

    // MARK: Requests

    override func accept(_ index: Int, _ descriptor: Int32) {
        let entry = nextEntry()
        io_uring_prep_multishot_accept(entry, descriptor, nil, nil, system_socket_flags)
        mark(entry, .accept, index)
    }

    override func read(_ index: Int, _ descriptor: Int32) {
        let entry = nextEntry()
        guard !loop.stampsReceives(index) else {
            io_uring_prep_poll_add(entry, descriptor, UInt32(POLLIN))
            return mark(entry, .readable, index)
        }
        io_uring_prep_recv_multishot(entry, descriptor, nil, 0, 0)
        entry.pointee.flags |= uring_sqe_buffer_select
        entry.pointee.buf_group = ProvidedBuffers.group
        mark(entry, .receive, index)
    }

    override func stopReading(_ index: Int, _ descriptor: Int32) {
        let entry = nextEntry()
        io_uring_prep_cancel64(entry, UringTag(loop.stampsReceives(index) ? .readable : .receive, index).bits, 0)
        tag(entry, .cancel, index)
    }

    override func awaitWritable(_ index: Int, _ descriptor: Int32) {
        let entry = nextEntry()
        io_uring_prep_poll_add(entry, descriptor, UInt32(POLLOUT))
        mark(entry, .writable, index)
    }

    override func send(
        _ indices: UnsafeBufferPointer<Int32>, _ slots: UnsafeBufferPointer<SocketSlot>, _ bytes: UnsafeRawPointer,
        _ count: Int
    ) {
        for index in indices { prepareSend(Int(index), slots[Int(index)].descriptor, bytes, count) }
    }

    override func send(_ index: Int, _ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) {
        prepareSend(index, descriptor, bytes, count)
    }

    private func prepareSend(_ index: Int, _ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) {
        let entry = nextEntry()
        let flags = system_message_no_signal | system_message_dont_wait | system_message_wait_all
        let isFixed = files.contains(index)
        io_uring_prep_send(entry, isFixed ? Int32(index) : descriptor, bytes, count, flags)
        entry.pointee.flags |= uring_sqe_cqe_skip_success | (isFixed ? uring_sqe_fixed_file : 0)
        tag(entry, .send, index)
    }

    override func opened(_ index: Int, _ descriptor: Int32) {
        if files.insert(index, descriptor) { loop.counters.kernelEntries += 1 }
    }

    override func closing(_ index: Int, _ descriptor: Int32) {
        if files.remove(index, descriptor) { loop.counters.kernelEntries += 1 }
    }

    override func cancelAll(_ index: Int, _ descriptor: Int32) {
        let entry = nextEntry()
        io_uring_prep_cancel_fd(entry, descriptor, uring_cancel_all)
        tag(entry, .cancel, index)
    }

    private func armWake() {
        let entry = nextEntry()
        io_uring_prep_poll_multishot(entry, wakeDescriptor, UInt32(POLLIN))
        tag(entry, .wake, 0)
    }

    /// Names a request that stays with the kernel until its last completion.
    private func mark(_ entry: UnsafeMutablePointer<io_uring_sqe>, _ kind: UringTag.Kind, _ index: Int) {
        loop.requestsChanged(index, by: 1)
        tag(entry, kind, index)
    }

    private func tag(_ entry: UnsafeMutablePointer<io_uring_sqe>, _ kind: UringTag.Kind, _ index: Int) {
        entry.pointee.user_data = UringTag(kind, index).bits
    }

    private func nextEntry() -> UnsafeMutablePointer<io_uring_sqe> {
        if io_uring_sq_ready(ring) >= Self.entriesPerSubmission { submit() }
        while true {
            if let entry = io_uring_get_sqe(ring) { return entry }
            submit()
        }
    }

    // MARK: Submitting and waiting

    override func flush() { settle() }

    override func poll(timeoutNanoseconds: Int64) {
        enter(timeoutNanoseconds: nextCompletion < completions.count ? 0 : timeoutNanoseconds)
        loop.awoke()
        harvest()
        settle()
        reportAll()
        restartStarved()
    }

    private func submit() {
        loop.counters.kernelEntries += 1
        // A negative status (no memory, or completions to be taken first) leaves the entries in place: the caller
        // finds the queue still full and comes back after the harvest.
        _ = io_uring_submit(ring)
        harvest()
    }

    private func enter(timeoutNanoseconds: Int64) {
        loop.counters.kernelEntries += 1
        if timeoutNanoseconds == 0 {
            // Without a wait the kernel would not run what it has deferred (DEFER_TASKRUN).
            _ = io_uring_submit_and_get_events(ring)
        } else if timeoutNanoseconds < 0 {
            _ = io_uring_submit_and_wait(ring, 1)
        } else {
            var timeout = __kernel_timespec()
            timeout.tv_sec = timeoutNanoseconds / 1_000_000_000
            timeout.tv_nsec = timeoutNanoseconds % 1_000_000_000
            var first: UnsafeMutablePointer<io_uring_cqe>?
            _ = io_uring_submit_and_wait_timeout(ring, &first, 1, &timeout, nil)
        }
    }

    /// Copies all completions out of the ring.
    private func harvest() {
        while true {
            let count = Int(io_uring_peek_batch_cqe(ring, harvested, UInt32(Self.harvestCapacity)))
            for position in 0..<count {
                guard let entry = harvested[position] else { continue }
                completions.append(
                    UringCompletion(
                        tag: UringTag(bits: entry.pointee.user_data), result: entry.pointee.res,
                        flags: entry.pointee.flags))
            }
            io_uring_cq_advance(ring, UInt32(count))
            // Only an empty ring makes liburing fetch the completions that found it full.
            if count == 0 { return }
        }
    }

    private func settle() {
        // Also what the kernel left in the queue when it was out of memory: those sends are not over yet.
        while io_uring_sq_ready(ring) > 0 { submit() }
        reportStoppedSends()
        loop.didSettleSends()
    }

    /// Reports the sends that did not go out whole, of those that were submitted.
    private func reportStoppedSends() {
        while settledCompletions < completions.count {
            let completion = completions[settledCompletions]
            settledCompletions += 1
            guard completion.tag.kind == .send else { continue }
            let result = completion.result
            if result >= 0 || result == -EAGAIN || result == -ENOBUFS || result == -ENOMEM || result == -EINTR {
                loop.didStopSending(completion.tag.index, after: Int(max(result, 0)))
            } else {
                loop.didEnd(completion.tag.index, .failed(code: -result))
            }
        }
    }

    private func reportAll() {
        while nextCompletion < completions.count {
            // A report may have filled the queue and submitted it, with sends among it.
            if settledCompletions < completions.count { reportStoppedSends() }
            let completion = completions[nextCompletion]
            nextCompletion += 1
            report(completion)
        }
        completions.removeAll(keepingCapacity: true)
        nextCompletion = 0
        settledCompletions = 0
    }

    private func report(_ completion: UringCompletion) {
        let index = completion.tag.index
        let isLast = completion.flags & uring_cqe_more == 0
        switch completion.tag.kind {
        case .receive:
            if isLast { loop.requestsChanged(index, by: -1) }
            reportReceive(completion, index, isLast: isLast)
        case .accept:
            if isLast { loop.requestsChanged(index, by: -1) }
            if completion.result >= 0 {
                loop.didAccept(index, completion.result)
                if isLast { restartAccepting(index) }
            } else if completion.result == -ECONNABORTED || completion.result == -EINTR {
                if isLast { restartAccepting(index) }
            } else {
                loop.didFailToAccept(index, code: -completion.result)
            }
        case .writable:
            loop.requestsChanged(index, by: -1)
            loop.didBecomeWritable(index)
        case .readable:
            loop.requestsChanged(index, by: -1)
            readStamped(index, readiness: completion.result)
        case .wake:
            loop.didWake()
            if isLast { armWake() }
        case .cancel:
            // It may have come before the request that it was to end.
            if completion.result == -ENOENT, loop.isWaitingForRequests(index) {
                cancelAll(index, loop.descriptor(of: index))
            }
        case .send:
            break
        }
    }

    private func reportReceive(_ completion: UringCompletion, _ index: Int, isLast: Bool) {
        if completion.flags & uring_cqe_buffer != 0 {
            let id = UInt16(truncatingIfNeeded: completion.flags >> uring_cqe_buffer_shift)
            if completion.result > 0 {
                loop.didReceive(index, buffers.bytes(of: id, count: Int(completion.result)))
            }
            buffers.recycle(id)
        }
        if completion.result == 0 {
            loop.didReachEnd(index)
        } else if completion.result == -ENOBUFS {
            starvedIndices.append(index)
        } else if completion.result == -ECANCELED || (completion.result > 0 && isLast) {
            loop.didStopReading(index)
        } else if completion.result < 0 {
            loop.didEnd(index, .failed(code: -completion.result))
        }
    }

    /// Reads a socket with stamps, which a multishot receive does not give: once it is readable, by a call of its own.
    private func readStamped(_ index: Int, readiness: Int32) {
        guard readiness >= 0 || readiness == -ECANCELED else {
            return loop.didEnd(index, .failed(code: -readiness))
        }
        if readiness >= 0, loop.state(of: index) == .open, loop.slotWantsReading(index) {
            let input = stampedBuffer()
            loop.counters.kernelEntries += 1
            var stampNanoseconds: UInt64 = 0
            let count = system_receive_stamped(
                loop.descriptor(of: index), input.baseAddress, input.count, &stampNanoseconds)
            if count > 0 {
                let bytes = UnsafeMutableRawBufferPointer(rebasing: input[..<count])
                loop.didReceive(index, bytes, stampNanoseconds: stampNanoseconds)
            } else if count == 0 {
                return loop.didEnd(index, .endOfStream)
            } else if errno != EAGAIN && errno != EINTR {
                return loop.didEnd(index, .failed(code: errno))
            }
        }
        // Goes on, unless reading was stopped or the socket closed meanwhile.
        loop.didStopReading(index)
    }

    private func stampedBuffer() -> UnsafeMutableRawBufferPointer {
        if let stampedInput { return stampedInput }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readBytes, alignment: 64)
        stampedInput = buffer
        return buffer
    }

    private func restartAccepting(_ index: Int) {
        guard loop.state(of: index) == .listening else { return }
        accept(index, loop.descriptor(of: index))
    }

    private func restartStarved() {
        guard !starvedIndices.isEmpty else { return }
        for index in starvedIndices { loop.didStopReading(index) }
        starvedIndices.removeAll(keepingCapacity: true)
    }
}
