/// Costs added to a server on purpose, so that what watches servers can be tested on a change of known size. None unless
/// told.
package struct InjectedCosts: Sendable, Equatable {
    /// Processor time burned for broadcasts, as a share of what they cost without it.
    package var cpuShare = 0.0
    package var allocationsPerMessage = 0
    /// For each turn that brought messages.
    package var systemCallsPerRound = 0

    package init() {}
}
