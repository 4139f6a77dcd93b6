/// A message as its sender knows it. Ticks are drawn from one clock that all threads share: a greater one is later.
struct SentMessage: Sendable {
    let number: Int
    let topic: Topic
    /// Before it was sent.
    let begunAt: Int
    /// After it was known to be accepted; nil where its sender did not wait for that.
    var confirmedAt: Int?
    /// The number of clients that it was queued for, where the server said.
    var recipients: Int?
}
