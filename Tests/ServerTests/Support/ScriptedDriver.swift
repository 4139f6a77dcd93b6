@testable import Transport

/// A driver without a kernel: the test says what comes in and how much of each send goes out, and reads what did.
///
/// As with io_uring, memory is read when sends are handed over, not when they are queued. The loop stops by itself
/// when a turn has nothing left to do.
final class ScriptedDriver: Driver {
    /// A send as it was queued: from where, how much, and how much of it went out.
    struct Send: Hashable {
        let index: Int
        let address: UInt
        let count: Int
        var sentBytes = 0
    }

    /// Each is what happens in one turn of the loop.
    var turns: [() -> Void] = []
    /// How much of a send goes out: of `count` bytes on the socket with that index.
    var room: (_ index: Int, _ count: Int) -> Int = { $1 }
    /// What was handed over.
    private(set) var sends: [Send] = []
    /// What each peer has got.
    private(set) var delivered: [Int: [UInt8]] = [:]
    /// Sockets that wait for room.
    private(set) var awaitingRoom: Set<Int> = []
    private var queued: [Send] = []

    override var io: IOChoice { .epoll }

    func forgetSends() {
        sends = []
        delivered = [:]
    }

    /// What the peer has got since the last call.
    func takeDelivered(_ index: Int) -> [UInt8] { delivered.removeValue(forKey: index) ?? [] }

    func receive(_ index: Int, _ bytes: [UInt8]) {
        var bytes = bytes
        bytes.withUnsafeMutableBytes { loop.didReceive(index, $0) }
    }

    func becomeWritable(_ index: Int) {
        awaitingRoom.remove(index)
        loop.didBecomeWritable(index)
    }

    override func read(_ index: Int, _ descriptor: Int32) {}

    override func stopReading(_ index: Int, _ descriptor: Int32) { loop.didStopReading(index) }

    override func awaitWritable(_ index: Int, _ descriptor: Int32) { awaitingRoom.insert(index) }

    override func cancelAll(_ index: Int, _ descriptor: Int32) {}

    override func send(_ index: Int, _ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) {
        queued.append(Send(index: index, address: UInt(bitPattern: bytes), count: count))
    }

    override func flush() {
        let due = queued
        queued = []
        for var send in due {
            send.sentBytes = min(room(send.index, send.count), send.count)
            let bytes = UnsafeRawBufferPointer(
                start: UnsafeRawPointer(bitPattern: send.address), count: send.sentBytes)
            delivered[send.index, default: []].append(contentsOf: bytes)
            sends.append(send)
            if send.sentBytes < send.count { loop.didStopSending(send.index, after: send.sentBytes) }
        }
        loop.didSettleSends()
    }

    override func poll(timeoutNanoseconds: Int64) {
        let isIdle = queued.isEmpty && turns.isEmpty
        flush()
        loop.awoke()
        if !turns.isEmpty { turns.removeFirst()() }
        if isIdle, timeoutNanoseconds != 0 { loop.stop() }
    }
}
