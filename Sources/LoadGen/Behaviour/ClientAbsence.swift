import Recording

/// Since when, and why, a client that has been connected is not, or is about to be no more.
struct ClientAbsence {
    enum Cause {
        /// It closed, to connect again at once.
        case churn
        /// It vanished, or the server gave up on a slow reader: nothing that says anything against the server.
        case departure
        /// Nobody asked for it, or the server has not taken it back.
        case failure
    }

    var cause: Cause
    let since: MonotonicInstant

    /// Whether nobody is to blame that the client is not there.
    var isPlanned: Bool { cause != .failure }
}
