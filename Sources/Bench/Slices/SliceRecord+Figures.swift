extension SliceRecord {
    /// Nil where nothing was delivered, or no time was seen to be spent.
    var serverCPUNanosecondsPerDelivery: Double? {
        guard deliveries > 0, serverCPUNanoseconds > 0 else { return nil }
        return Double(serverCPUNanoseconds) / Double(deliveries)
    }

    /// Nil where nothing was delivered.
    var deliveriesPerSecond: Double? {
        guard deliveries > 0, elapsedNanoseconds > 0 else { return nil }
        return Double(deliveries) / Double(elapsedNanoseconds) * 1e9
    }

    /// How much of the slice somebody else had the cores, as a share: the longest of the waits for one and the time
    /// that the hypervisor took.
    var disturbedFraction: Double {
        let lost = max(serverWaitNanoseconds, generatorWaitNanoseconds, stealNanoseconds)
        return Double(lost) / Double(max(1, elapsedNanoseconds))
    }
}
