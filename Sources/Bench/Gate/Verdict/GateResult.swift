import FoundationEssentials
import Recording

/// What a gate measured and what it says of it: `verdict.json`, schema `broadside.gate/1`.
package struct GateResult: Codable, Sendable {
    package struct Arm: Codable, Sendable, Equatable {
        package var name: String
        package var path: String
        package var command: String
        /// The revision that it was built from; nil where it was given as a command.
        @ExplicitNull package var revision: String?
    }

    package static let schemaName = "broadside.gate/1"

    package var schema = Self.schemaName
    package var verdict = GateVerdict.inconclusive
    /// One sentence each: why the verdict is what it is.
    package var reasons: [String] = []
    package var metrics: [MetricResult] = []
    package var startedAt: String
    package var durationNanoseconds = 0
    package var interrupted = false
    /// What servers did that makes the measurement worth nothing.
    package var failures: [String] = []
    package var notes: [String] = []
    package var baseline: Arm
    package var candidate: Arm
    package var minimumEffectPercent: Double
    package var budgetNanoseconds: Int
    package var timingDecides: Bool
    package var asked: [String]
    package var errors: GateErrors
    package var seed: UInt64
    package var serverCPUs: [Int]
    package var loadCPUs: [Int]
    /// Whether servers and load were scheduled before other programs.
    package var hasPriority = false
    package var openLoopRatePerSecond: Double?
    /// Shares of the budget at which it looked.
    package var looks: [Double] = []
    /// Baseline, candidate.
    package var exact: [ExactFigures] = []
    package var exactAgain: [ExactFigures] = []
    package var sets: [GateSet] = []
    package var machine: MachineDescription

    package init(_ plan: GatePlan, startedAt: String, machine: MachineDescription) {
        let arm = { (arm: SlicePlan.Arm) in Arm(name: arm.name, path: arm.path, command: arm.command) }
        self.startedAt = startedAt
        baseline = arm(plan.slices.arms[0])
        candidate = arm(plan.slices.arms[1])
        minimumEffectPercent = plan.minimumEffect * 100
        budgetNanoseconds = Int(clamping: plan.budgetNanoseconds)
        timingDecides = plan.timingDecides
        asked = plan.asked.sorted()
        errors = plan.errors
        seed = plan.seed
        serverCPUs = plan.slices.serverCores
        loadCPUs = plan.slices.loadCores
        self.machine = machine
    }

    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return Array(try encoder.encode(self))
    }

    /// Reads what `encoded()` wrote.
    ///
    /// - Throws: `DecodingError` when it is no such document, also when it is one of another schema.
    package static func decode(_ json: [UInt8]) throws -> GateResult {
        let result = try JSONDecoder().decode(GateResult.self, from: Data(json))
        guard result.schema == schemaName else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: [], debugDescription: "schema is \"\(result.schema)\", not \"\(schemaName)\""))
        }
        return result
    }
}
