import Recording
import Testing

@testable import Server

/// Asserts what holds for every build: allocations of the loop's thread do not depend on the number of clients. How
/// many there are for a message holds for optimized code only; `ReleaseCostTests` asserts that.
@Suite(
    "Costs: allocations", .serialized,
    .enabled(
        if: Allocator.threadAllocatedBytes() != nil, "sanitizer builds have another allocator, which does not count"))
struct AllocationCostTests {
    @Test(
        "a delivery costs no allocation: a broadcast to 100 clients has those of one to 10", arguments: CostRig.variants
    )
    func perDelivery(variant: ServerVariant) throws {
        let rig = try CostRig(variant, clients: 10)
        let few = try rig.leastCost { $0.allocations }
        try rig.join(90)
        let many = try rig.leastCost { $0.allocations }
        // Code that is not optimized allocates a little for a turn, and a round may take one more.
        #expect(abs(many - few) <= 2)
    }

    @Test("control: none reads 0, one deliberate allocation 1, a hundred 100", arguments: CostRig.variants)
    func control(variant: ServerVariant) throws {
        let rig = try CostRig(variant, clients: 1)
        for count in [0, 1, 100] {
            let (before, after) = rig.read { for _ in 0..<count { Deliberate.allocation() } }
            #expect(try #require(after.allocations) - #require(before.allocations) == count)
        }
    }

    private enum Deliberate {
        /// Never read. The compiler may not leave out an allocation whose address it has to store.
        private nonisolated(unsafe) static var lastAddress: UnsafeMutableRawPointer?

        @inline(never)
        static func allocation() {
            lastAddress = .allocate(byteCount: 64, alignment: 16)
            lastAddress?.deallocate()
        }
    }
}
