import Recording

/// System calls as the server counts them and as the kernel does, over the same time and load.
package struct SystemCallCheck: Codable, Equatable, Sendable {
    /// What counted from outside: `perf stat` or `strace`.
    package var tool: String
    package var outside: Int
    /// The server's own count; null where it has none. What the allocator, the log and timers ask of the kernel is
    /// outside alone.
    @ExplicitNull package var reported: Int?
    package var messages: Int
    package var deliveries: Int
}
