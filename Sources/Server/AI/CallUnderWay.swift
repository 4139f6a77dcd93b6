import FoundationNetworking

/// A call of the AI service that may be ended before its answer is there. Any thread.
struct CallUnderWay: Sendable {
    let task: URLSessionDataTask
    let transfers: BoundedTransfers

    /// Ends the call and gives its place to others. Whoever still waits for it is told that it took too long, unless the
    /// answer is there.
    func end() { transfers.expire(task) }
}
