/// How one client keeps to the rates it is held to: of what it says, and of being told that it says too much.
///
/// The loop's thread only.
final class ClientPace {
    /// A client that floods is not to be flooded in return.
    static let refusalLimit = RateLimit(messagesPerSecond: 10, allowsBursts: false)

    var messages = RateLimiter()
    var refusals = RateLimiter()
}
