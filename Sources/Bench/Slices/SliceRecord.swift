/// One slice of one arm: what was delivered and what it cost, from its first message to the server's being asleep.
package struct SliceRecord: Codable, Sendable {
    /// Which block of the set it belongs to: in each block every arm has one slice.
    package var block: Int
    /// Index of the arm.
    package var arm: Int
    package var messages: Int
    package var deliveries: Int
    /// Deliveries that did not come, or came twice, out of order or changed.
    package var faults: Int
    /// From the first message sent to the last delivery in.
    package var elapsedNanoseconds: Int
    /// Of all threads of the server's processes.
    package var serverCPUNanoseconds: Int
    package var generatorCPUNanoseconds: Int
    /// Reads with which the generator took the deliveries: deliveries over reads is how many come together.
    package var reads: Int
    /// Of `ksoftirqd` on the servers' cores: packets received for the server, charged to nobody.
    package var softirqNanoseconds: Int
    /// Ready to run and without a core, because of others than its own threads and `ksoftirqd`.
    package var serverWaitNanoseconds: Int
    package var generatorWaitNanoseconds: Int
    /// Of all cores, by the hypervisor.
    package var stealNanoseconds: Int

    package init(
        block: Int, arm: Int, messages: Int, deliveries: Int, faults: Int, elapsedNanoseconds: Int,
        serverCPUNanoseconds: Int, generatorCPUNanoseconds: Int, reads: Int, softirqNanoseconds: Int,
        serverWaitNanoseconds: Int,
        generatorWaitNanoseconds: Int, stealNanoseconds: Int
    ) {
        self.block = block
        self.arm = arm
        self.messages = messages
        self.deliveries = deliveries
        self.faults = faults
        self.elapsedNanoseconds = elapsedNanoseconds
        self.serverCPUNanoseconds = serverCPUNanoseconds
        self.generatorCPUNanoseconds = generatorCPUNanoseconds
        self.reads = reads
        self.softirqNanoseconds = softirqNanoseconds
        self.serverWaitNanoseconds = serverWaitNanoseconds
        self.generatorWaitNanoseconds = generatorWaitNanoseconds
        self.stealNanoseconds = stealNanoseconds
    }
}
