extension SliceRecord {
    /// A slice that was kept waiting for longer than this share of itself measures its neighbours.
    static let disturbedLimit = 0.05
    /// Shorter waits are no neighbour's: that is how long a core that slept may take to wake up in a virtual machine.
    private static let disturbedLimitNanoseconds = 100_000

    var isDisturbed: Bool {
        disturbedNanoseconds > Self.disturbedLimitNanoseconds && disturbedFraction > Self.disturbedLimit
    }

    /// Nil where nothing was delivered, or no time was seen to be spent.
    var serverCPUNanosecondsPerDelivery: Double? {
        guard deliveries > 0, serverCPUNanoseconds > 0 else { return nil }
        return Double(serverCPUNanoseconds) / Double(deliveries)
    }

    /// With the part of it that `ksoftirqd` did; nil where nothing was delivered, or no time was seen to be spent.
    var wholeCPUNanosecondsPerDelivery: Double? {
        guard deliveries > 0, serverCPUNanoseconds > 0 else { return nil }
        return Double(serverCPUNanoseconds + softirqNanoseconds) / Double(deliveries)
    }

    /// Nil where nothing was delivered.
    var deliveriesPerSecond: Double? {
        guard deliveries > 0, elapsedNanoseconds > 0 else { return nil }
        return Double(deliveries) / Double(elapsedNanoseconds) * 1e9
    }

    /// How long somebody else had the cores: the longest of the waits for one and the time that the hypervisor took.
    var disturbedNanoseconds: Int { max(serverWaitNanoseconds, generatorWaitNanoseconds, stealNanoseconds) }

    /// The same as a share of the slice.
    var disturbedFraction: Double { Double(disturbedNanoseconds) / Double(max(1, elapsedNanoseconds)) }
}
