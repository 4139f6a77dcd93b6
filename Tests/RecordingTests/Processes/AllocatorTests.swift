import Glibc
import Testing

@testable import Recording

/// The counters belong to threads and arenas, so each test that counts exactly runs on a thread of its own.
@Suite("Allocator")
struct AllocatorTests {
    #if NO_JEMALLOC
    @Test("without jemalloc there are no figures")
    func none() {
        #expect(Allocator.threadAllocatedBytes() == nil)
        #expect(Allocator.residentBytes() == nil)
        #expect(!Allocator.bindThreadArena())
        #expect(Allocator.threadArenaRequestCount() == nil)
    }
    #else
    @Test("the bytes that a thread allocates are counted exactly")
    func bytes() {
        var counted: UInt64?
        OwnThread.run {
            Self.warmUp()
            counted = Self.difference(of: Allocator.threadAllocatedBytes) { Self.allocate(1_000, bytes: 64) }
        }
        #expect(counted == 64_000)
    }

    @Test("the requests of a thread with its own arena are counted exactly", arguments: [64, 100_000])
    func requests(bytes: Int) {
        var counted: UInt64?
        OwnThread.run {
            guard Allocator.bindThreadArena() else { return }
            Self.warmUp()
            counted = Self.difference(of: Allocator.threadArenaRequestCount) {
                Self.allocate(1_000, bytes: bytes)
            }
        }
        #expect(counted == 1_000)
    }

    @Test("asking does not count itself")
    func idle() {
        var counted: [UInt64?] = []
        OwnThread.run {
            guard Allocator.bindThreadArena() else { return }
            Self.warmUp()
            counted = [
                Self.difference(of: Allocator.threadAllocatedBytes) {},
                Self.difference(of: Allocator.threadArenaRequestCount) {},
            ]
        }
        #expect(counted == [0, 0])
    }

    @Test("there is memory in use")
    func resident() throws {
        #expect(try #require(Allocator.residentBytes()) > 0)
    }

    /// The runtime allocates at the first use of a generic type, which is not to be counted.
    private static func warmUp() {
        _ = difference(of: Allocator.threadAllocatedBytes) { allocate(1, bytes: 64) }
        _ = difference(of: Allocator.threadArenaRequestCount) {}
    }

    private static func difference(of figure: () -> UInt64?, over work: () -> Void) -> UInt64? {
        guard let before = figure() else { return nil }
        work()
        return figure().map { $0 - before }
    }

    /// Each block holds the address of the one before it: an optimizer removes allocations that nothing uses.
    @inline(never)
    private static func allocate(_ count: Int, bytes: Int) {
        var last: UnsafeMutableRawPointer?
        for _ in 0..<count {
            let block = malloc(bytes)
            block?.storeBytes(of: last, as: UnsafeMutableRawPointer?.self)
            last = block
        }
        while let block = last {
            last = block.load(as: UnsafeMutableRawPointer?.self)
            free(block)
        }
    }
    #endif
}
