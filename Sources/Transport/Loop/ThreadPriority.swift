import CSystem

/// How much of a core the scheduler gives the calling thread, and the programs that it starts, beside others: a nice value,
/// -20 (most) to 19. Beside those of other sessions it is the session's that counts (`SessionPriority`), so both are set.
package enum ThreadPriority {
    package static let highest = -20

    package static var niceness: Int { Int(system_niceness()) }

    /// False where that is not allowed: more than others have takes `CAP_SYS_NICE`.
    @discardableResult
    package static func set(niceness: Int) -> Bool {
        guard system_set_niceness(Int32(niceness)) == 0 else { return false }
        if niceness < 0 { return SessionPriority.raise(to: niceness) }
        SessionPriority.restore()
        return true
    }
}
