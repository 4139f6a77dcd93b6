import Recording
import WebSocketWire

/// The HTTP side of a connection until it is upgraded: its parser, and requests that wait for an earlier answer.
final class HTTPExchange {
    var parser = HTTPRequestParser()
    /// When the request under way began, or the last one was answered.
    var waitingSince: MonotonicInstant
    /// An answer is being worked out; what came in behind its request waits here.
    var awaitsAnswer = false
    var keepsAlive = true
    /// The request under way is a HEAD: its answer has no body.
    var isHEAD = false
    /// 100 Continue was sent for the request under way.
    var hasInvitedBody = false
    var stash: [UInt8] = []

    init(waitingSince: MonotonicInstant) { self.waitingSince = waitingSince }
}
