import Glibc

/// A schedule of independent messages: a Poisson process, of one same rate or of one that changes.
///
/// The gaps are exponential with mean 1 in units of the rate's integral; a message is sent when the integral passes the
/// sum of the gaps up to it (the inversion method for processes whose rate changes: Çinlar, "Introduction to Stochastic
/// Processes", 1975). All times follow from the profile and the seed, and not from when they are asked for.
///
/// Owner: whoever asks, with times and indices that do not decrease: gaps are drawn as they are needed and kept no
/// longer. Cost: a logarithm a message.
package struct PoissonPacer: Pacer, Sendable {
    private let profile: RateProfile
    private var generator: SeededGenerator
    /// The next message: how many go before it, the integral and the time at which it is sent.
    private var index: UInt64 = 0
    private var messages: Double
    private var nanoseconds: UInt64

    package init(profile: RateProfile, seed: UInt64) {
        self.profile = profile
        var generator = SeededGenerator(seed: seed)
        messages = Self.gap(&generator)
        nanoseconds = profile.nanoseconds(ofMessages: messages)
        self.generator = generator
    }

    /// - Parameter index: not below that of an earlier call, nor below the count that `due` has given.
    package mutating func intendedNanoseconds(of index: UInt64) -> UInt64 {
        precondition(index >= self.index, "the times of messages before are forgotten")
        while self.index < index { advance() }
        return nanoseconds
    }

    /// - Parameter elapsedNanoseconds: not below that of an earlier call; below `UInt64.max`, as a process without an
    ///   end has no last message.
    package mutating func due(atNanoseconds elapsedNanoseconds: UInt64) -> UInt64 {
        precondition(elapsedNanoseconds < .max, "a time without an end")
        while nanoseconds <= elapsedNanoseconds { advance() }
        return index
    }

    private mutating func advance() {
        index += 1
        messages += Self.gap(&generator)
        // Never earlier than the message before, however the last bit of the inverse is rounded.
        nanoseconds = max(nanoseconds, profile.nanoseconds(ofMessages: messages))
    }

    /// Exponential with mean 1: minus the logarithm of a number drawn evenly from the 2^53 multiples of 2^-53 in 0<..1.
    private static func gap(_ generator: inout SeededGenerator) -> Double {
        -log(Double((generator.next() >> 11) + 1) * 0x1p-53)
    }
}
