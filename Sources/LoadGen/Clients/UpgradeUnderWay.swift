import WebSocketWire

/// A handshake that waits for the server's answer. A client has one only until then: most of a run's clients are open.
final class UpgradeUnderWay {
    let upgrade: ClientUpgrade
    var response = HTTPResponseParser()

    init(_ upgrade: ClientUpgrade) { self.upgrade = upgrade }
}
