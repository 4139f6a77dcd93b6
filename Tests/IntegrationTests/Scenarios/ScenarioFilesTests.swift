import FoundationEssentials
import Recording
import Testing

@Suite("scenarios/")
struct ScenarioFilesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "scenarios")

    private static let clientsByName = [
        "broadcast": 200, "chat-room": 200, "reconnect-storm": 500, "slow-readers": 100, "soak": 200,
        "telemetry-fan-in": 1_000,
    ]

    @Test("there is one for each use")
    func files() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(names) == Set(Self.clientsByName.keys.map { "\($0).yaml" }))
    }

    @Test("each parses and makes a valid plan", arguments: clientsByName.keys.sorted())
    func plans(name: String) throws {
        let file = Self.folder.appending(path: "\(name).yaml").path
        let child = try BroadsideProgram.run(["load", "--scenario", file, "--dry-run"])
        #expect(child.exitCode == 0, "\(child.errorText)")
        let plan = try JSONDecoder().decode(RunPlanRecord.self, from: Data(child.outputText.utf8))
        #expect(plan.clients == Self.clientsByName[name])
        #expect(plan.durationNanoseconds >= 30_000_000_000)
        #expect(plan.thresholds.count == 2)
    }
}
