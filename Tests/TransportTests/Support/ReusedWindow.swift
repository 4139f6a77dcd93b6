@testable import Transport

/// Sends a long pattern through one small piece of memory, which is overwritten each time its send is settled: a send
/// that the kernel went on reading from would show.
final class ReusedWindow {
    private let socket: SocketID
    private let source: PatternBytes
    private let window: UnsafeMutableRawBufferPointer
    private var underWay = 0
    private var awaitsRoom = false
    private(set) var sentBytes = 0
    /// How many sends went out whole, in part, and not at all.
    private(set) var whole = 0
    private(set) var short = 0
    private(set) var refused = 0

    init(_ socket: SocketID, _ source: PatternBytes, bytes: Int) {
        self.socket = socket
        self.source = source
        window = .allocate(byteCount: bytes, alignment: 16)
    }

    deinit { window.deallocate() }

    func react(to event: RecordingHandler.Event, on loop: EventLoop) {
        switch event {
        case .sendStopped(socket, let count):
            sentBytes += count
            underWay = 0
            if count > 0 { short += 1 } else { refused += 1 }
            // What stopped once is tried once more: only then does the socket refuse altogether.
            awaitsRoom = count == 0
        case .sendsSettled:
            if underWay > 0 { whole += 1 }
            sentBytes += underWay
            underWay = 0
            for index in window.indices { window[index] = 0xee }
        case .writable(socket):
            awaitsRoom = false
        case .turnEnded where !awaitsRoom && sentBytes < source.count:
            underWay = min(window.count, source.count - sentBytes)
            window.copyMemory(from: UnsafeRawBufferPointer(start: source.start + sentBytes, count: underWay))
            loop.send(socket, window.baseAddress!, count: underWay)
        default:
            break
        }
    }
}
