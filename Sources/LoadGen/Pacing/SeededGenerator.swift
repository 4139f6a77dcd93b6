/// A random number generator whose whole sequence follows from its seed: SplitMix64.
///
/// For choices that a run must be able to repeat (who churns, jitter, sizes); not for masking keys, which
/// have to be unpredictable (RFC 6455, section 5.3). Every seed is a good one, and close seeds give unrelated
/// sequences.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014. Period 2^64, 8
/// bytes.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
