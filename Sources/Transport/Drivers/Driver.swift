import CSystem
import Glibc

/// What a loop asks of the kernel, whichever interface answers.
///
/// A class to inherit from rather than a protocol: one indirect call, no existential, in the path of each send. All
/// calls come on the loop's thread. Results go back through the loop's `did…` functions; a driver never calls the
/// handler itself. `poll` settles what was queued before it reports anything that came later.
class Driver {
    /// The loop owns its driver, so the way back counts no reference.
    unowned(unsafe) var loop: EventLoop!

    var io: IOChoice { abstract() }

    /// The most that one read brings.
    var readBytes: Int { abstract() }

    /// Called on the thread that runs the loop, each time it begins to.
    func start() {}

    func accept(_ index: Int, _ descriptor: Int32) { abstract() }
    func read(_ index: Int, _ descriptor: Int32) { abstract() }
    func stopReading(_ index: Int, _ descriptor: Int32) { abstract() }
    /// The peer has finished writing, and the socket stays open.
    func readingEnded(_ index: Int, _ descriptor: Int32) {}
    func awaitWritable(_ index: Int, _ descriptor: Int32) { abstract() }
    func send(_ index: Int, _ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) { abstract() }

    /// The same bytes to each of the sockets. Overridden where a loop of its own costs less than a call for each.
    func send(
        _ indices: UnsafeBufferPointer<Int32>, _ slots: UnsafeBufferPointer<SocketSlot>, _ bytes: UnsafeRawPointer,
        _ count: Int
    ) {
        for index in indices { send(Int(index), slots[Int(index)].descriptor, bytes, count) }
    }

    /// A socket is open and will be sent on.
    func opened(_ index: Int, _ descriptor: Int32) {}

    /// The kernel holds no request of the socket any more, which is closed next.
    func closing(_ index: Int, _ descriptor: Int32) {}

    /// Asks the kernel to let go of everything that concerns this socket.
    func cancelAll(_ index: Int, _ descriptor: Int32) { abstract() }

    /// Hands over queued sends, reports those cut short, then `didSettleSends`.
    func flush() { abstract() }

    /// Flushes, waits at most `timeoutNanoseconds` (below zero: without end), reports what happened.
    func poll(timeoutNanoseconds: Int64) { abstract() }

    private func abstract() -> Never { preconditionFailure("a driver overrides this") }
}
