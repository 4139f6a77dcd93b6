import CSystem
import Glibc
import Recording

/// One thread's sockets, timers and wake-ups: what happens on them goes to one handler.
///
/// Invariants: everything but `wake` and `execute` is called on the thread that is inside `run` (or before it runs);
/// at most one send per socket is queued between two settlements; the index of a socket is reused only when the kernel
/// holds no request of it. The loop owns the descriptors in its table and closes them.
///
/// `@unchecked Sendable`: other threads reach only `wake` and `execute`, which go through atomics and an eventfd;
/// all other state belongs to the loop's thread.
package final class EventLoop: @unchecked Sendable {
    package struct Configuration: Sendable {
        package var io = IOChoice.auto
        /// Submission queue entries (io_uring).
        package var ringEntries = 4096
        package var receiveBufferBytes = 32 * 1024
        /// Receive buffers that the kernel may fill at one time (io_uring); a power of two.
        package var receiveBufferCount = 512

        /// Sockets that the kernel keeps in a table of the ring's (io_uring): for loops that send to many. At most the
        /// number of descriptors that the process may have.
        package var fixedFileCapacity = 0
        /// What the kernel may hold of the sends of one accepted connection before it has sent them; nil for what it likes.
        package var unsentLimitBytes: Int32?

        package init(io: IOChoice = .auto) { self.io = io }
    }

    static let acceptRetryNanoseconds: UInt64 = 100_000_000
    /// The same while sockets are being closed: their descriptors are about to be free.
    static let acceptRetryWhileClosingNanoseconds: UInt64 = 1_000_000
    static let acceptTimerKind = UInt32.max

    package unowned(unsafe) var handler: any EventLoopHandler
    package internal(set) var now = MonotonicInstant.now()
    package var counters = LoopCounters()
    /// While `received` is told of a read: when the kernel took in the last segment of it, in nanoseconds of
    /// CLOCK_REALTIME; 0 where that is not known, which is everywhere but on sockets of `stampReceives`.
    package internal(set) var receiveStampNanoseconds: UInt64 = 0
    /// Why `auto` did not get io_uring.
    package let fallbackReason: String?

    let driver: Driver
    let wakeSignal: WakeSignal
    private let jobs = JobQueue()
    private var timers = TimerQueue()
    var slots: [SocketSlot] = []
    private var freeIndices: [Int] = []
    private(set) var closingIndices: [Int] = []
    private var isStopping = false
    private var gatherUntil = MonotonicInstant(nanoseconds: 0)
    private var gatheredReceives = 0
    private var unsentLimitBytes: Int32?
    /// Above 0 the loop does not wait for events but looks for them this often, so that more of them come at a time;
    /// wake-ups wait as long. Timers and sends are not delayed.
    package var gatherNanoseconds: UInt64 = 0

    /// - Parameter handler: kept without a reference count; it must outlive the loop's run.
    /// - Throws: `SystemError` where the kernel refuses the descriptors, or `UringUnavailable` where io_uring was asked
    ///   for by name and cannot be had.
    package convenience init(configuration: Configuration, handler: any EventLoopHandler) throws {
        let wakeSignal = try WakeSignal()
        let (driver, fallbackReason) = try Self.makeDriver(configuration, wakeDescriptor: wakeSignal.descriptor)
        self.init(driver: driver, wakeSignal: wakeSignal, handler: handler, fallbackReason: fallbackReason)
        unsentLimitBytes = configuration.unsentLimitBytes
    }

    /// With a driver of the caller's own: a test's, which may do without a kernel.
    init(driver: Driver, wakeSignal: WakeSignal, handler: any EventLoopHandler, fallbackReason: String? = nil) {
        self.driver = driver
        self.wakeSignal = wakeSignal
        self.handler = handler
        self.fallbackReason = fallbackReason
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

    /// The most bytes that one read brings.
    package var readBytes: Int { driver.readBytes }

    // MARK: Running

    /// Runs turns until `stop`; the calling thread becomes the loop's.
    package func run() {
        driver.start()
        isStopping = false
        while !isStopping { turn(mayWait: true) }
        // What the last turn queued still goes out, what it closed is closed, and nobody waits for what comes too late.
        driver.flush()
        closeFinished()
        jobs.removeAll()
    }

    /// Turns without waiting until nothing more is there, and hands over what that has queued: between two calls of
    /// `run`, so that what came in is not left lying.
    package func attend() {
        driver.start()
        var receives = -1
        while counters.receives != receives {
            receives = counters.receives
            turn(mayWait: false)
        }
        driver.flush()
    }

    /// Ends `run` after the current turn. On the loop's thread; another one calls `execute { loop.stop() }`.
    package func stop() { isStopping = true }

    /// Runs `job` on the loop's thread soon. From any thread; for control, not for every message.
    package func execute(_ job: @escaping @Sendable () -> Void) {
        jobs.append(job)
        wake()
    }

    /// Lets go of jobs that came after `run` ended: nobody runs them, and they may refer to the loop's owner.
    package func forgetJobs() { jobs.removeAll() }

    /// Makes the loop turn, and its handler see `woken`. From any thread; free where the loop is awake.
    package func wake() { wakeSignal.wake() }

    private func turn(mayWait: Bool) {
        counters.turns += 1
        closeFinished()
        if gatherNanoseconds > 0, now < gatherUntil { return holdTurn() }
        let receives = counters.receives
        let mayWait = wakeSignal.prepareToSleep() && gatherNanoseconds == 0 && mayWait
        driver.poll(timeoutNanoseconds: mayWait ? untilNextTimer() : 0)
        if wakeSignal.wakeUp() {
            jobs.run()
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
        if let unsentLimitBytes { StreamSocket.setUnsentLimit(connection.descriptor, bytes: unsentLimitBytes) }
        let index = insert(connection.descriptor, .open)
        driver.opened(index, connection.descriptor)
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
        counters.queuedBytes += count
        driver.send(socket.index, slots[socket.index].descriptor, bytes, count)
    }

    /// Queues the same bytes for many sockets, given by their indices: as `send` for each of them, in one
    /// call of the driver.
    package func send(toEach indices: UnsafeBufferPointer<Int32>, _ bytes: UnsafeRawPointer, count: Int) {
        counters.sends += indices.count
        counters.queuedBytes += indices.count * count
        // Nothing is reported while sends are queued, so no slot changes meanwhile.
        slots.withUnsafeBufferPointer { driver.send(indices, $0, bytes, count) }
    }

    /// Hands all queued sends to the kernel and settles them.
    package func flush() { driver.flush() }

    /// Stops reading (the peer's bytes stay with the kernel, which slows it down), or begins again. What the kernel has
    /// handed over already may still be reported; the peer's end may not until reading goes on.
    package func setReading(_ socket: SocketID, _ wanted: Bool) { setReading(socket.index, wanted) }

    /// Drops the next `count` bytes that come in, in the kernel: they are not copied and not reported. With epoll only,
    /// whose next read has not happened yet.
    package func discard(_ socket: SocketID, _ count: Int) {
        precondition(io == .epoll, "only the epoll driver can leave bytes unread")
        slots[socket.index].discardBytes += count
    }

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

    func setReading(_ index: Int, _ wanted: Bool) {
        guard slots[index].state == .open, !slots[index].hasEnded, slots[index].wantsReading != wanted else { return }
        slots[index].wantsReading = wanted
        if wanted {
            if !slots[index].isReading { startReading(index) }
        } else if slots[index].isReading {
            driver.stopReading(index, slots[index].descriptor)
        }
    }

    func startReading(_ index: Int) {
        slots[index].isReading = true
        driver.read(index, slots[index].descriptor)
    }

    func beginClosing(_ index: Int) {
        guard slots[index].state != .free, slots[index].state != .closing else { return }
        // The kernel's own reference (io_uring's, let go of some time after the process has ended) would keep a listener
        // taking in clients that nobody serves; shut down, it stops at once and its port is free.
        if slots[index].state == .listening { shutdown(slots[index].descriptor, system_shutdown_both) }
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
            driver.closing(index, slots[index].descriptor)
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
