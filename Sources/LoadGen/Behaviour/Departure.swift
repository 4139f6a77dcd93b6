/// A way in which clients leave because the plan says so.
enum Departure: Equatable {
    /// One client closes, and connects again as soon as it is closed.
    case churn
    /// One client is gone without a close frame, and connects again after the backoff.
    case vanish
    /// Many vanish at one moment.
    case storm(StormWave)
}
