import Glibc

/// How figures of time are asserted.
///
/// What holds however busy the machine is (nothing arrives before it was sent) is asserted in every attempt, anywhere.
/// What holds where the machine does nothing else is asserted where that is promised (`scripts/accuracy`), and has to
/// hold in one of several attempts. An attempt of which the generator says that it was the bottleneck says nothing, and
/// where all of them are such, nothing is asserted but the counts.
enum Undisturbed {
    enum Attempt {
        case matches
        case differs
        case saysNothing
    }

    private static let isPromised = getenv("BROADSIDE_QUIET") != nil
    private static let attempts = isPromised ? 5 : 1

    /// - Returns: false where the machine is promised to be quiet, some attempts say something, and none of them matches.
    static func matches(_ attempt: () throws -> Attempt) rethrows -> Bool {
        var hasDiffered = false
        for _ in 0..<attempts {
            switch try attempt() {
            case .matches: return true
            case .differs: hasDiffered = true
            case .saysNothing: break
            }
        }
        return !(isPromised && hasDiffered)
    }
}
