@testable import Transport

/// How far one long send has come: begun at once, continued from where it stopped.
final class SendProgress {
    let socket: SocketID
    let bytes: PatternBytes
    /// Known exactly whenever the sends are settled.
    private(set) var sentBytes = 0
    private(set) var stops: [Int] = []
    private var isUnderWay = false

    init(_ socket: SocketID, _ bytes: PatternBytes) {
        self.socket = socket
        self.bytes = bytes
    }

    var isDone: Bool { sentBytes == bytes.count }

    func begin(on loop: EventLoop) {
        isUnderWay = true
        loop.send(socket, bytes.start + sentBytes, count: bytes.count - sentBytes)
    }

    func react(to event: RecordingHandler.Event, on loop: EventLoop) {
        switch event {
        case .sendStopped(socket, let count):
            stops.append(count)
            sentBytes += count
            isUnderWay = false
        case .sendsSettled where isUnderWay:
            sentBytes = bytes.count
            isUnderWay = false
        case .writable(socket):
            begin(on: loop)
        default:
            break
        }
    }
}
