import Recording

/// What one message, or one delivery, costs the server.
package struct ProfileCosts: Codable, Equatable, Sendable {
    /// Exact.
    @ExplicitNull package var cpuNanoseconds: Double?
    /// How that divides is sampled by the kernel at its ticks: rough where it is little altogether.
    @ExplicitNull package var cpuUserNanoseconds: Double?
    @ExplicitNull package var cpuSystemNanoseconds: Double?
    @ExplicitNull package var kernelEntries: Double?
    @ExplicitNull package var sends: Double?
    @ExplicitNull package var turns: Double?
    /// Null also where the allocator does not count.
    @ExplicitNull package var allocations: Double?
    @ExplicitNull package var allocatedBytes: Double?
}
