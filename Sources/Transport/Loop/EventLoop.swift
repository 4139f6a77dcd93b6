import CSystem
import Glibc
import Recording
import Synchronization

/// One thread's sockets, timers and wake-ups: what happens on them goes to one handler.
///
/// Invariants: everything but `wake` and `execute` is called on the thread that is inside `run` (or before it runs);
/// at most one send per socket is queued between two settlements; the index of a socket is reused only when the kernel
/// holds no request of it. The loop owns the descriptors in its table and closes them.
///
/// `@unchecked Sendable`: other threads reach only `wake` and `execute`, which go through atomics, a lock and an eventfd;
/// all other state belongs to the loop's thread.
package final class EventLoop: @unchecked Sendable {
    package struct Configuration: Sendable {
        package var io = IOChoice.auto
        /// Submission queue entries (io_uring): how many sends one kernel entry can carry.
        package var ringEntries = 4096
        package var receiveBufferBytes = 32 * 1024
        /// Receive buffers that the kernel may fill at one time (io_uring); a power of two.
        package var receiveBufferCount = 512

        package init(io: IOChoice = .auto) { self.io = io }
    }

    private static let acceptRetryNanoseconds: UInt64 = 100_000_000
    private static let acceptTimerKind = UInt32.max

    package unowned(unsafe) var handler: any EventLoopHandler
    package private(set) var now = MonotonicInstant.now()
    package var counters = LoopCounters()
    /// Why `auto` did not get io_uring.
    package let fallbackReason: String?

    private let driver: Driver
    private let wakeSignal: WakeSignal
    private let hasJobs = Atomic<Bool>(false)
    private let jobs = Mutex<[@Sendable () -> Void]>([])
    private var timers = TimerQueue()
    private var slots: [SocketSlot] = []
    private var freeIndices: [Int] = []
    private var closingIndices: [Int] = []
    private var isStopping = false
    private var gatherUntil = MonotonicInstant(nanoseconds: 0)
    private var gatheredReceives = 0
    /// Above 0 the loop does not wait for events but looks for them this often, so that more of them come at a time;
    /// wake-ups wait as long. Timers and sends are not delayed.
    package var gatherNanoseconds: UInt64 = 0

    /// - Parameter handler: kept without a reference count; it must outlive the loop's run.
    /// - Throws: `SystemError` where the kernel refuses the descriptors, or `UringUnavailable` where io_uring was asked
    ///   for by name and cannot be had.
    package init(configuration: Configuration, handler: any EventLoopHandler) throws {
        self.handler = handler
        wakeSignal = try WakeSignal()
        (driver, fallbackReason) = try Self.makeDriver(configuration, wakeDescriptor: wakeSignal.descriptor)
        driver.loop = self
    }

    private static func makeDriver(
        _ configuration: Configuration, wakeDescriptor: Int32
    ) throws -> (Driver, String?) {
        switch configuration.io {
        case .uring:
            return (try UringDriver(configuration, wakeDescriptor: wakeDescriptor), nil)
        case .epoll:
            return (try EpollDriver(configuration, wakeDescriptor: wakeDescriptor), nil)
        case .auto:
            do throws(UringUnavailable) {
                return (try UringDriver(configuration, wakeDescriptor: wakeDescriptor), nil)
            } catch {
                return (try EpollDriver(configuration, wakeDescriptor: wakeDescriptor), error.description)
            }
        }
    }

    deinit {
        for slot in slots where slot.descriptor >= 0 { Glibc.close(slot.descriptor) }
    }

    /// The interface in use: `uring` or `epoll`.
    package var io: IOChoice { driver.io }

    // MARK: Running

    /// Runs turns until `stop`; the calling thread becomes the loop's.
    package func run() {
        driver.start()
        isStopping = false
        while !isStopping { turn() }
        // What the last turn queued still goes out, what it closed is closed, and nobody waits for what comes too late.
        driver.flush()
        closeFinished()
        jobs.withLock { $0 = [] }
    }

    /// Ends `run` after the current turn. On the loop's thread; another one calls `execute { loop.stop() }`.
    package func stop() { isStopping = true }

    /// Runs `job` on the loop's thread soon. From any thread; for control, not for every message.
    package func execute(_ job: @escaping @Sendable () -> Void) {
        jobs.withLock { $0.append(job) }
        // Releases the job; pairs with the exchange in `runJobs`.
        hasJobs.store(true, ordering: .releasing)
        wake()
    }

    /// Makes the loop turn, and its handler see `woken`. From any thread; free where the loop is awake.
    package func wake() { wakeSignal.wake() }

    private func turn() {
        counters.turns += 1
        closeFinished()
        if gatherNanoseconds > 0, now < gatherUntil { return holdTurn() }
        let receives = counters.receives
        let mayWait = wakeSignal.prepareToSleep() && gatherNanoseconds == 0
        driver.poll(timeoutNanoseconds: mayWait ? untilNextTimer() : 0)
        if wakeSignal.wakeUp() {
            runJobs()
            handler.woken()
        }
        fireTimers()
        handler.turnEnded()
        if gatherNanoseconds > 0 { gather(counters.receives - receives) }
    }

    /// Ends a look at the sockets when nothing more has come, or each may have been read once: on a busy loop there is
    /// always something more.
    private func gather(_ receives: Int) {
        gatheredReceives += receives
        guard receives == 0 || gatheredReceives >= slots.count - freeIndices.count else { return }
        gatheredReceives = 0
        gatherUntil = max(gatherUntil.advanced(byNanoseconds: gatherNanoseconds), .now())
    }

    /// A turn without events: timers go on, and what is queued is sent.
    private func holdTurn() {
        driver.flush()
        let timer = timers.earliestNanoseconds.map { MonotonicInstant(nanoseconds: $0) } ?? gatherUntil
        system_sleep_until(min(timer, gatherUntil).nanoseconds)
        now = .now()
        fireTimers()
        handler.turnEnded()
    }

    /// Takes the lock only where there are jobs: most wake-ups are for messages.
    private func runJobs() {
        guard hasJobs.exchange(false, ordering: .acquiring) else { return }
        let due = jobs.withLock { jobs in
            defer { jobs = [] }
            return jobs
        }
        for job in due { job() }
    }

    // MARK: Timers

    package func schedule(_ token: TimerToken, afterNanoseconds delay: UInt64) {
        schedule(token, at: MonotonicInstant.now().advanced(byNanoseconds: delay))
    }

    package func schedule(_ token: TimerToken, at instant: MonotonicInstant) {
        timers.insert(token, atNanoseconds: instant.nanoseconds)
    }

    private func untilNextTimer() -> Int64 {
        guard let earliest = timers.earliestNanoseconds else { return -1 }
        let now = MonotonicInstant.now().nanoseconds
        return earliest > now ? Int64(clamping: earliest - now) : 0
    }

    private func fireTimers() {
        while let token = timers.popDue(atNanoseconds: now.nanoseconds) {
            if token.kind == Self.acceptTimerKind {
                resumeAccepting(Int(token.value))
            } else {
                handler.timerFired(token)
            }
        }
    }

    // MARK: Sockets

    /// Listens on `address` and accepts until closed.
    package func listen(on address: SocketAddress, backlog: Int32 = 4096) throws(SystemError) -> SocketID {
        let descriptor = try StreamSocket.listen(on: address, backlog: backlog)
        let index = insert(descriptor, .listening)
        driver.accept(index, descriptor)
        return SocketID(index: index)
    }

    /// Takes over a client that a loop has accepted, and begins reading.
    package func adopt(_ connection: AcceptedConnection) -> SocketID {
        StreamSocket.setNoDelay(connection.descriptor)
        let index = insert(connection.descriptor, .open)
        setReading(index, true)
        return SocketID(index: index)
    }

    /// Begins a connection; `connected` or `closed` follows.
    package func connect(to address: SocketAddress, from source: SocketAddress? = nil) throws(SystemError) -> SocketID {
        let descriptor = try StreamSocket.connect(to: address, from: source)
        let index = insert(descriptor, .connecting)
        slots[index].awaitsWritable = true
        driver.awaitWritable(index, descriptor)
        return SocketID(index: index)
    }

    /// Queues `count` bytes at `bytes`, which must stay as they are until `sendsSettled`.
    ///
    /// Never waits: the send goes out whole, or `sendStopped` says how much of it did.
    package func send(_ socket: SocketID, _ bytes: UnsafeRawPointer, count: Int) {
        counters.sends += 1
        driver.send(socket.index, slots[socket.index].descriptor, bytes, count)
    }

    /// Hands all queued sends to the kernel and settles them.
    package func flush() { driver.flush() }

    /// Stops reading (the peer's bytes stay with the kernel, which slows it down), or begins again. What the kernel has
    /// handed over already may still be reported; the peer's end may not until reading goes on.
    package func setReading(_ socket: SocketID, _ wanted: Bool) { setReading(socket.index, wanted) }

    /// Sends FIN after what was sent; reading goes on. Only after the sends of this socket are settled.
    package func finishWriting(_ socket: SocketID) {
        shutdown(slots[socket.index].descriptor, system_shutdown_write)
    }

    /// Closes at once; what the kernel has of our sends is still delivered. No more calls for this socket.
    package func close(_ socket: SocketID) { beginClosing(socket.index) }

    /// Closes with a reset (RST): the peer sees an error, and the kernel keeps nothing.
    package func reset(_ socket: SocketID) {
        slots[socket.index].resetsOnClose = true
        beginClosing(socket.index)
    }

    package func localAddress(of socket: SocketID) -> SocketAddress {
        SocketAddress.of(descriptor: slots[socket.index].descriptor, isPeer: false)
    }

    package func peerAddress(of socket: SocketID) -> SocketAddress {
        SocketAddress.of(descriptor: slots[socket.index].descriptor, isPeer: true)
    }

    private func insert(_ descriptor: Int32, _ state: SocketSlot.State) -> Int {
        let index = freeIndices.popLast() ?? slots.count
        if index == slots.count { slots.append(SocketSlot()) }
        slots[index] = SocketSlot(descriptor: descriptor, state: state)
        return index
    }

    private func setReading(_ index: Int, _ wanted: Bool) {
        guard slots[index].state == .open, slots[index].wantsReading != wanted else { return }
        slots[index].wantsReading = wanted
        if wanted {
            if !slots[index].isReading { startReading(index) }
        } else if slots[index].isReading {
            driver.stopReading(index, slots[index].descriptor)
        }
    }

    private func startReading(_ index: Int) {
        slots[index].isReading = true
        driver.read(index, slots[index].descriptor)
    }

    private func beginClosing(_ index: Int) {
        guard slots[index].state != .free, slots[index].state != .closing else { return }
        // The kernel's own reference (io_uring's, let go of some time after the process has ended) would keep a listener
        // taking in clients that nobody serves; shut down, it stops at once and its port is free.
        if slots[index].state == .listening { shutdown(slots[index].descriptor, Int32(SHUT_RDWR)) }
        slots[index].state = .closing
        closingIndices.append(index)
        driver.cancelAll(index, slots[index].descriptor)
    }

    /// Closes the descriptors that the kernel has let go of. Queued sends refer to descriptors by number, so they are
    /// handed over first.
    private func closeFinished() {
        guard !closingIndices.isEmpty else { return }
        driver.flush()
        closingIndices.removeAll { index in
            guard slots[index].outstandingRequests == 0 else { return false }
            if slots[index].resetsOnClose { system_reset_on_close(slots[index].descriptor) }
            Glibc.close(slots[index].descriptor)
            slots[index] = SocketSlot()
            freeIndices.append(index)
            return true
        }
    }

    private func resumeAccepting(_ index: Int) {
        guard index < slots.count, slots[index].state == .listening else { return }
        driver.accept(index, slots[index].descriptor)
    }
}

// MARK: - What the drivers report

extension EventLoop {
    func state(of index: Int) -> SocketSlot.State { slots[index].state }

    func descriptor(of index: Int) -> Int32 { slots[index].descriptor }

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
        schedule(retry, afterNanoseconds: Self.acceptRetryNanoseconds)
    }

    func didReceive(_ index: Int, _ bytes: UnsafeMutableRawBufferPointer) {
        guard slots[index].state == .open else { return }
        counters.receives += 1
        counters.receivedBytes += bytes.count
        handler.received(SocketID(index: index), bytes)
    }

    /// The reading request is over without an end of the stream: cancelled, or out of buffers.
    func didStopReading(_ index: Int) {
        slots[index].isReading = false
        if slots[index].state == .open, slots[index].wantsReading { startReading(index) }
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
