import WebSocketWire

/// What makes a connection one that publishes by HTTP POST: at most one request at a time, each waiting for its answer.
///
/// Requests are not pipelined, as servers may answer in turn what they could do at once. So a message may have to wait
/// for a connection that is free; its latency counts from when it should have been sent all the same, and only the time
/// that it waits for the generator beyond that is the generator's lag.
///
/// Invariant: a request is awaited only while the connection is open. Loop's thread only; times are nanoseconds since
/// the run's start.
final class HTTPPublisher {
    let head: PostRequestHead
    /// Of the answers on the connection as it is now.
    var response = HTTPResponseParser()
    /// The message whose answer is awaited, and since when.
    private(set) var awaited: (sequence: UInt64, sinceNanoseconds: UInt64)?
    /// Since when it could have sent.
    private(set) var freeSinceNanoseconds: UInt64 = 0
    /// On the connection as it is now.
    private(set) var answerCount = 0
    private(set) var hasBeenOpen = false
    /// Why the last connection could not be made, or ended.
    private(set) var failure: String?

    init(head: PostRequestHead) { self.head = head }

    var isFree: Bool { awaited == nil }

    /// Open, or known not to be reachable: nobody needs to wait for it any longer.
    var hasOutcome: Bool { hasBeenOpen || failure != nil }

    func opened(atNanoseconds now: UInt64) {
        hasBeenOpen = true
        freeSinceNanoseconds = now
        answerCount = 0
        response = HTTPResponseParser()
    }

    func sent(sequence: UInt64, atNanoseconds now: UInt64) { awaited = (sequence, now) }

    /// Returns which message was answered; nil where no answer was awaited.
    func answered(atNanoseconds now: UInt64) -> UInt64? {
        guard let sequence = awaited?.sequence else { return nil }
        awaited = nil
        freeSinceNanoseconds = now
        answerCount += 1
        return sequence
    }

    /// The connection is over; an answer that was awaited will not come.
    func ended(_ reason: String?) {
        awaited = nil
        if let reason { failure = reason }
    }
}
