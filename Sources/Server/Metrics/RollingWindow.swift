import Synchronization

/// A count and a sum over the last ten seconds, in buckets of one second.
///
/// One thread adds, any thread reads. A reader that meets the writer on the bucket of the present second may miss
/// what is being added: these are figures to look at, not to account with, hence relaxed throughout.
final class RollingWindow: Sendable {
    static let seconds: UInt64 = 10
    /// More than the window, so that the bucket being begun is never one that is still read.
    private static let bucketCount = 16
    private static let fieldsPerBucket = 3

    // Allocated once, never moved; atomics throughout.
    private nonisolated(unsafe) let fields: UnsafeMutablePointer<Atomic<UInt64>>

    init() {
        fields = ZeroedAtomics.allocate(Self.bucketCount * Self.fieldsPerBucket)
    }

    deinit {
        ZeroedAtomics.free(fields)
    }

    /// - Parameter second: the present second of any clock that does not go back.
    func add(count: UInt64, sum: UInt64, second: UInt64) {
        let bucket = fields + Int(second % UInt64(Self.bucketCount)) * Self.fieldsPerBucket
        if bucket[0].load(ordering: .relaxed) != second {
            bucket[1].store(0, ordering: .relaxed)
            bucket[2].store(0, ordering: .relaxed)
            bucket[0].store(second, ordering: .relaxed)
        }
        // One writer: a load and a store are enough.
        bucket[1].store(bucket[1].load(ordering: .relaxed) &+ count, ordering: .relaxed)
        bucket[2].store(bucket[2].load(ordering: .relaxed) &+ sum, ordering: .relaxed)
    }

    func total(atSecond second: UInt64) -> (count: UInt64, sum: UInt64) {
        var count: UInt64 = 0
        var sum: UInt64 = 0
        for index in 0..<Self.bucketCount {
            let bucket = fields + index * Self.fieldsPerBucket
            let age = second &- bucket[0].load(ordering: .relaxed)
            guard age < Self.seconds else { continue }
            count += bucket[1].load(ordering: .relaxed)
            sum += bucket[2].load(ordering: .relaxed)
        }
        return (count, sum)
    }
}
