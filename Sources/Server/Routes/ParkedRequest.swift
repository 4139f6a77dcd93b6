/// A request whose answer is worked out on other threads.
struct ParkedRequest {
    let connection: Connection
    let exchange: HTTPExchange
    /// Goes on with what was worked out, on the loop's thread.
    let resume: (any Sendable) -> Void
    /// Ends what is worked out, which takes too long; nil where nothing takes long.
    var expire: (() -> Void)?
}
