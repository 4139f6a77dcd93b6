/// What befalls every so-many-th message on its way through a `TruthServer`.
enum TruthFault: Sendable {
    /// It reaches everybody but one who is not its sender.
    case dropForOne
    case dropForAll
    /// Everybody gets it twice, in a row.
    case duplicate
    /// The message after it is delivered first.
    case swapWithNext
    /// A byte behind the stamp is another one.
    case alter
    /// Only so many bytes of it are delivered.
    case truncate(bytes: Int)
    /// Its stamp is that of another run.
    case foreignRun
    /// Its stamp names a message that nobody has published yet.
    case unpublishedSequence
    /// Behind it comes a ping.
    case ping
}
