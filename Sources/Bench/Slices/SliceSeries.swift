/// The slices of one load in a fresh set of processes: how many, and how long each is.
///
/// Many short slices see more than few long ones of the same sum: what drifts on a machine does so within some
/// milliseconds, and only slices shorter than that have it in common. With 2 ms a ratio was known as well as with 16 ms in
/// five times the time.
package struct SliceSeries: Sendable {
    package var load: SliceLoad
    /// Slices of each arm that are measured.
    package var blocks: Int
    /// Slices of each arm before those.
    package var warmupBlocks: Int
    package var sliceNanoseconds: UInt64
    /// Left out where the first arm, which the others are compared with, cannot take its clients.
    package var isOptional = false

    package init(_ load: SliceLoad, blocks: Int, warmupBlocks: Int, sliceNanoseconds: UInt64) {
        self.load = load
        self.blocks = blocks
        self.warmupBlocks = warmupBlocks
        self.sliceNanoseconds = sliceNanoseconds
    }
}
