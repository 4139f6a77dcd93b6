import Glibc
import Synchronization

/// Arrays of atomics that begin as zero and take memory only as far as they are used: the most descriptors that a
/// process may have can be a thousand million.
enum ZeroedAtomics {
    static func allocate<Value>(_ count: Int) -> UnsafeMutablePointer<Atomic<Value>> {
        guard let memory = calloc(count, MemoryLayout<Atomic<Value>>.stride) else { fatalError("out of memory") }
        // An atomic integer is its bits, and those of zero are zero: calloc(3) has initialized them, without touching
        // the pages of a large array.
        return memory.bindMemory(to: Atomic<Value>.self, capacity: count)
    }

    /// Integers have nothing to deinitialize.
    static func free<Value>(_ atomics: UnsafeMutablePointer<Atomic<Value>>) { Glibc.free(atomics) }
}
