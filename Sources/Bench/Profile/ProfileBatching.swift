import Recording

/// How much goes together.
package struct ProfileBatching: Codable, Equatable, Sendable {
    @ExplicitNull package var framesPerSend: Double?
    @ExplicitNull package var bytesPerSend: Double?
    @ExplicitNull package var deliveriesPerKernelEntry: Double?
    @ExplicitNull package var messagesPerRound: Double?
    @ExplicitNull package var bytesPerReceive: Double?
    /// Sends that were cut short or refused.
    package var stoppedSends: Int
}
