import Recording
import WebSocketWire

/// The HTTP side of a connection until it is upgraded: its parser, and where the request under way stands.
final class HTTPExchange {
    var parser = HTTPRequestParser()
    /// What of the request under way is kept, as its loop counts it.
    var bufferedBytes = 0
    /// When the request under way began, or the last one was answered; before the first one is complete, when the
    /// connection was accepted.
    var waitingSince: MonotonicInstant
    /// When the request under way was complete; nil while none is.
    var requestedAt: MonotonicInstant?
    /// An answer is being worked out; what comes in behind its request is held.
    var awaitsAnswer = false
    /// That of its request, while it is parked.
    var parkingNumber: UInt32?
    var keepsAlive = true
    /// The request under way is a HEAD: its answer has no body.
    var isHEAD = false
    /// The head of the request under way is complete and was looked at, before its body was.
    var hasJudgedHead = false

    init(waitingSince: MonotonicInstant) {
        self.waitingSince = waitingSince
    }
}
