import Recording

/// One client's token bucket: keeps it to a `RateLimit`, the same one at each call.
///
/// Within any time t it lets at most rate × t messages and one burst pass, and refuses none that would keep to this.
/// No timer fills the bucket: it is one point in time, as in the generic cell rate algorithm (ITU-T I.371, virtual
/// scheduling). 16 bytes; a call costs a few additions, and arithmetic is exact.
struct RateLimiter: Sendable {
    /// When the bucket will be, or was, full: the theoretical arrival time. Whole nanoseconds of the monotonic clock.
    private var fullAtNanoseconds: UInt64 = 0
    /// And what is over them, in parts as the limit has them.
    private var fullAtParts: UInt64 = 0

    /// Takes a message's token out of the bucket; false where there is none.
    ///
    /// - Parameter now: not earlier than at the call before.
    mutating func take(at now: MonotonicInstant, limit: RateLimit) -> Bool {
        let isFull = fullAtNanoseconds < now.nanoseconds
        var nanoseconds = (isFull ? now.nanoseconds : fullAtNanoseconds) &+ limit.gapNanoseconds
        var parts = (isFull ? 0 : fullAtParts) &+ limit.gapParts
        if parts >= limit.partsPerNanosecond {
            parts -= limit.partsPerNanosecond
            nanoseconds &+= 1
        }
        // As instants, these wrap after 584 years.
        let latest = (now.nanoseconds &+ limit.burstNanoseconds, limit.burstParts)
        guard (nanoseconds, parts) <= latest else { return false }
        fullAtNanoseconds = nanoseconds
        fullAtParts = parts
        return true
    }
}
