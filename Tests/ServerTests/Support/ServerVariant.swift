import Server
import Transport

/// Each kernel interface that there is here, with one loop and with several.
struct ServerVariant: Sendable, CustomStringConvertible {
    let io: IOChoice
    let threads: Int

    var description: String { "\(io), \(threads) loops" }

    static let all: [ServerVariant] = interfaces.flatMap { io in
        [1, 3].map { ServerVariant(io: io, threads: $0) }
    }

    private static var interfaces: [IOChoice] {
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.io = .uring
        return (try? BroadcastServer(configuration)) == nil ? [.epoll] : [.uring, .epoll]
    }
}
