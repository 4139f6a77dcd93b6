import Glibc
import Recording

/// Bounded waiting: no test hangs, whatever the program under test does.
enum Deadline {
    /// Looks every few milliseconds until the condition holds.
    ///
    /// - Returns: false where it does not within `seconds`.
    static func reaches(within seconds: Double = 20, _ condition: () throws -> Bool) rethrows -> Bool {
        let began = MonotonicInstant.now()
        while try !condition() {
            guard Double(MonotonicInstant.now() - began) < seconds * 1e9 else { return false }
            usleep(3000)
        }
        return true
    }
}
