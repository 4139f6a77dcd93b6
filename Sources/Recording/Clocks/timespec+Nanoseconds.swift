import Glibc

extension timespec {
    /// The whole of it in nanoseconds. Only for clocks that never read below zero.
    @inlinable
    package var totalNanoseconds: UInt64 {
        UInt64(truncatingIfNeeded: tv_sec) &* 1_000_000_000 &+ UInt64(truncatingIfNeeded: tv_nsec)
    }
}
