import Recording

/// A request whose answer is worked out on other threads.
struct ParkedRequest {
    let connection: Connection
    let exchange: HTTPExchange
    /// Goes on with what was worked out, on the loop's thread.
    let resume: (any Sendable) -> Void
    /// What works it out, where that may take long, and until when it may.
    var call: CallUnderWay?
    var deadline: MonotonicInstant?
}
