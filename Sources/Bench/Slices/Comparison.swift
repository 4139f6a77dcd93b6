import Recording

/// Everything that a comparison measured, raw, so that the analysis can be run again: schema `broadside.comparison/1`.
package struct Comparison: Codable, Sendable {
    package struct Arm: Codable, Sendable {
        package var name: String
        package var path: String
        package var command: String

        package init(name: String, path: String, command: String) {
            self.name = name
            self.path = path
            self.command = command
        }
    }

    package var schema = ComparisonResult.schemaName
    package var startedAt: String
    package var durationNanoseconds = 0
    package var interrupted = false
    /// Why it ended early, where an arm failed.
    package var failure: String?
    package var seed: UInt64
    package var sliceNanoseconds: Int
    package var serverCPUs: [Int]
    package var loadCPUs: [Int]
    /// Broadcast or echo.
    package var mode = "broadcast"
    /// The generator's interface to the kernel and the most that it reads at a time: equal for all arms.
    package var generatorIO: String
    package var generatorReadBytes: Int
    /// The first one is what the others are compared with.
    package var arms: [Arm]
    package var sets: [SliceSet] = []
    package var machine: MachineDescription

    /// Whether servers and load may run on the same core.
    var sharesCores: Bool {
        serverCPUs.isEmpty || loadCPUs.isEmpty || !Set(serverCPUs).isDisjoint(with: loadCPUs)
    }

    package init(
        startedAt: String, seed: UInt64, sliceNanoseconds: Int, serverCPUs: [Int], loadCPUs: [Int],
        generatorIO: String, generatorReadBytes: Int, arms: [Arm], machine: MachineDescription
    ) {
        self.startedAt = startedAt
        self.seed = seed
        self.sliceNanoseconds = sliceNanoseconds
        self.serverCPUs = serverCPUs
        self.loadCPUs = loadCPUs
        self.generatorIO = generatorIO
        self.generatorReadBytes = generatorReadBytes
        self.arms = arms
        self.machine = machine
    }
}
