/// A schedule whose rate changes: message n is sent when the integral of the rate passes n.
///
/// In a stage of one same rate the gaps are equal, on a ramp each is the one before it made shorter or longer, and the
/// number of messages in any interval is that of the integral, to one. After the last stage nothing is sent: such times
/// are `UInt64.max`.
package struct StagedPacer: Pacer, Sendable {
    private let profile: RateProfile

    /// - Parameter profile: one that ends.
    package init(profile: RateProfile) {
        self.profile = profile
    }

    package func intendedNanoseconds(of index: UInt64) -> UInt64 {
        profile.nanoseconds(ofMessages: Double(index))
    }

    package func due(atNanoseconds elapsedNanoseconds: UInt64) -> UInt64 {
        // The integral says it to a message or so; the times themselves, which are rounded, decide.
        var count = UInt64(profile.messages(atNanoseconds: elapsedNanoseconds)) + 1
        while count > 0, !isDue(count - 1, atNanoseconds: elapsedNanoseconds) { count -= 1 }
        while isDue(count, atNanoseconds: elapsedNanoseconds) { count += 1 }
        return count
    }

    private func isDue(_ index: UInt64, atNanoseconds elapsedNanoseconds: UInt64) -> Bool {
        let intended = intendedNanoseconds(of: index)
        return intended <= elapsedNanoseconds && intended < .max
    }
}
