import Recording

/// Where and with what something was measured: times of different keys do not compare.
package struct BaselineKey: Codable, Hashable, Sendable {
    package var cpu: String
    package var cores: Int
    package var kernel: String
    package var memoryBytes: UInt64
    package var serverCPUs: [Int]
    package var loadCPUs: [Int]
    /// The compiler of the program that measures, and its code.
    package var compiler: String
    package var gate: String

    init(_ machine: MachineDescription, _ plan: SlicePlan) {
        cpu = machine.cpu
        cores = machine.cores
        kernel = machine.kernel
        memoryBytes = machine.memoryBytes
        serverCPUs = plan.serverCores
        loadCPUs = plan.loadCores
        compiler = machine.compiler
        gate = GateCode.digest
    }
}
