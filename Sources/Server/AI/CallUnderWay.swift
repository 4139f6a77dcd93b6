import FoundationNetworking

/// A call of the AI service that may be ended before its answer is there. Any thread.
struct CallUnderWay: Sendable {
    let task: URLSessionDataTask
    let transfers: BoundedTransfers

    /// The call has taken too long: whoever made it is told so, unless the answer is there.
    func expire() { transfers.expire(task) }
}
