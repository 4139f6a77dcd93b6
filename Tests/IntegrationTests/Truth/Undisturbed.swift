/// How figures of time are asserted on a machine that other tests keep busy.
///
/// What holds however busy the machine is (nothing arrives before it was sent) is asserted in every attempt. What holds
/// where the machine does nothing else has to hold in one of several attempts. An attempt of which the generator says
/// that it was the bottleneck says nothing, and where all of them are such, nothing is asserted but the counts.
enum Undisturbed {
    enum Attempt {
        case matches
        case differs
        case saysNothing
    }

    private static let attempts = 5

    /// - Returns: false where some attempts say something and none of them matches.
    static func matches(_ attempt: () throws -> Attempt) rethrows -> Bool {
        var hasDiffered = false
        for _ in 0..<attempts {
            switch try attempt() {
            case .matches: return true
            case .differs: hasDiffered = true
            case .saysNothing: break
            }
        }
        return !hasDiffered
    }
}
