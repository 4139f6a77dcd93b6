import NIOCore
import NIOWebSocket

/// The clients of the relay. Lives on the one event loop that all of them share.
final class Broadcaster {
    private var channels: [ObjectIdentifier: any Channel] = [:]

    func add(_ channel: any Channel) {
        channels[ObjectIdentifier(channel)] = channel
    }

    func remove(_ channel: any Channel) {
        channels[ObjectIdentifier(channel)] = nil
    }

    /// Each client's own encoder puts the header before the payload, which they share.
    func write(_ frame: WebSocketFrame) {
        for channel in channels.values { channel.write(frame, promise: nil) }
    }

    func flush() {
        for channel in channels.values { channel.flush() }
    }
}
