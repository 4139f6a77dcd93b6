/// A time during which a `TruthServer` neither reads nor writes: from the arrival of a message on.
struct TruthFreeze: Sendable {
    /// From 1.
    let atMessage: Int
    let nanoseconds: UInt64
}
