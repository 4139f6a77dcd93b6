import CSystem
import Glibc
import Recording
import Transport

/// The thread of a `TruthServer`: takes connections in, reads, waits for deadlines, delivers.
///
/// One thread does it all, so messages have one order and the record needs no lock. Reads never wait; writes do, which
/// is fine with few clients that read. Deadlines are absolute times of the monotonic clock: epoll wakes the thread a
/// little before, and `clock_nanosleep` does the rest, since a time-out of epoll may be late by a thousandth of itself.
///
/// `@unchecked Sendable`: made by one thread, then used by the server's thread alone until that has been joined;
/// `stop`, which others call, only writes to an eventfd.
final class TruthLoop: @unchecked Sendable {
    private static let eventCapacity = 64
    private static let inputBytes = 1 << 18
    /// What is left to `clock_nanosleep` of the time until a deadline.
    private static let lastStretchNanoseconds: Int64 = 150_000

    let plan: TruthPlan
    let listener: RawListener
    var record = TruthRecord()
    /// By descriptor.
    var connections: [Int32: TruthConnection] = [:]
    /// Messages that have come and are not due yet, oldest first.
    var waiting: [TruthMessage] = []
    /// The message that lets the next one overtake it.
    var held: TruthMessage?
    /// Messages for the next write.
    var gathered: [TruthMessage] = []
    private var acceptedCount = 0
    private var isStopping = false
    private let epoll: Int32
    private let stopSignal: Int32
    // Allocated in init, never reassigned, freed in deinit.
    private let events: UnsafeMutablePointer<epoll_event>
    private let input: UnsafeMutableRawBufferPointer

    init(_ plan: TruthPlan) throws(SystemError) {
        self.plan = plan
        listener = try RawListener()
        epoll = epoll_create1(system_epoll_cloexec)
        guard epoll >= 0 else { throw SystemError("epoll_create1") }
        stopSignal = eventfd(0, system_eventfd_flags)
        guard stopSignal >= 0 else {
            let error = SystemError("eventfd")
            close(epoll)
            throw error
        }
        events = .allocate(capacity: Self.eventCapacity)
        events.initialize(repeating: epoll_event(), count: Self.eventCapacity)
        input = .allocate(byteCount: Self.inputBytes, alignment: 64)
        watch(listener.descriptor)
        watch(stopSignal)
    }

    deinit {
        close(epoll)
        close(stopSignal)
        events.deallocate()
        input.deallocate()
    }

    /// From any thread: `run` returns soon.
    func stop() {
        var one: UInt64 = 1
        // An eventfd refuses only where its counter is full.
        _ = write(stopSignal, &one, MemoryLayout<UInt64>.size)
    }

    func run() {
        system_set_timer_slack(1)
        while !isStopping {
            deliverDue()
            let ready = system_epoll_wait(epoll, events, Int32(Self.eventCapacity), timeoutNanoseconds)
            for position in 0..<max(0, Int(ready)) {
                handle(Int32(truncatingIfNeeded: system_epoll_data(events + position)))
            }
        }
        connections.removeAll()
    }

    /// Until shortly before the next deadline; below zero without one.
    private var timeoutNanoseconds: Int64 {
        guard let next = waiting.first else { return -1 }
        return max(0, next.dueAt - MonotonicInstant.now() - Self.lastStretchNanoseconds)
    }

    private func deliverDue() {
        while let next = waiting.first, next.dueAt - MonotonicInstant.now() <= Self.lastStretchNanoseconds {
            sleep(until: next.dueAt)
            waiting.removeFirst()
            relay(next)
        }
    }

    /// Returns at once where the deadline has passed. A signal may end the call early.
    func sleep(until deadline: MonotonicInstant) {
        while MonotonicInstant.now() < deadline { system_sleep_until(deadline.nanoseconds) }
    }

    private func handle(_ descriptor: Int32) {
        if descriptor == stopSignal {
            isStopping = true
        } else if descriptor == listener.descriptor {
            accept()
        } else if let connection = connections[descriptor] {
            read(connection)
        }
    }

    private func accept() {
        guard let socket = listener.next(within: 0) else { return }
        connections[socket.descriptor] = TruthConnection(index: acceptedCount, socket: socket)
        acceptedCount += 1
        watch(socket.descriptor)
    }

    private func read(_ connection: TruthConnection) {
        let count = connection.socket.take(into: input)
        let now = MonotonicInstant.now()
        if count > 0 {
            receive(connection, UnsafeMutableRawBufferPointer(rebasing: input[..<count]), at: now)
        }
        if connection.socket.end != nil { drop(connection) }
    }

    /// Ends the connection in order. The stream's end is sent by itself, as a program that another test starts at this
    /// very moment may hold the socket open for a while.
    func drop(_ connection: TruthConnection) {
        forget(connection)
        connection.socket.finishWriting()
        connection.socket.disconnect()
    }

    /// Reads no more of it.
    func forget(_ connection: TruthConnection) {
        guard connections.removeValue(forKey: connection.socket.descriptor) != nil else { return }
        _ = epoll_ctl(epoll, system_epoll_delete, connection.socket.descriptor, nil)
    }

    private func watch(_ descriptor: Int32) {
        var event = epoll_event()
        system_epoll_set(&event, system_epoll_in, UInt64(descriptor))
        _ = epoll_ctl(epoll, system_epoll_add, descriptor, &event)
    }
}
