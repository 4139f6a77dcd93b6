/// What one slice of load delivered, and what that cost the generator.
package struct SliceFigures: Sendable {
    package let messages: Int
    package let deliveries: Int
    /// Deliveries lost, duplicated, out of order or changed, messages that nobody had sent, connections that were dropped
    /// since the last slice, and clients that are missing.
    package let faults: Int
    /// From the slice's start to its last delivery.
    package let elapsedNanoseconds: UInt64
    package let generatorCPUNanoseconds: UInt64
    /// Reads that brought something.
    package let reads: Int
}
