import Recording

/// One wave of a reconnect storm, as in `5s:50%`: when it comes, and which share of the clients it drops.
package struct StormWave: Sendable, Equatable {
    /// Since the measured part began.
    package let atNanoseconds: UInt64
    /// Of all clients; above 0, at most 1.
    package let share: Double
    /// As it was given.
    package let text: String

    /// - Throws: `StormWaveError` for anything but a duration with its unit, a colon, and a percentage above 0 and at
    ///   most 100.
    package init(parsing text: String) throws(StormWaveError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].hasSuffix("%"), let percent = Double(parts[1].dropLast()), percent > 0,
            percent <= 100
        else { throw StormWaveError(text: text) }
        do throws(DurationArgumentError) {
            atNanoseconds = try DurationArgument(parsing: String(parts[0])).nanoseconds
        } catch {
            throw StormWaveError(text: text)
        }
        share = percent / 100
        self.text = text
    }

    /// How many clients that is.
    func count(ofClients clients: Int) -> Int { Int((share * Double(clients)).rounded()) }
}
