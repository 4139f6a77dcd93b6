import Bench
import Recording

/// Where the two sides of a gate come from.
enum GateSource {
    /// Commands that start them.
    case commands(baseline: SlicePlan.Arm, candidate: SlicePlan.Arm)
    /// A revision, built apart, and the working tree; one command starts both.
    case revision(String, repository: String, build: BuildCommand, serve: SlicePlan.Arm)
    /// Runs of before, and a command.
    case stored(StoredBaseline, candidate: SlicePlan.Arm)
    /// A command alone, to be recorded.
    case recording(SlicePlan.Arm)

    /// Makes both ready for as long as `body` takes.
    func use(_ interruption: Interruption, _ body: (GateArm, GateArm) throws -> Void) throws {
        switch self {
        case .commands(let baseline, let candidate):
            try body(GateArm(arm: baseline), GateArm(arm: candidate))
        case .recording(let arm):
            try body(GateArm(arm: arm), GateArm(arm: arm))
        case .stored(let stored, let candidate):
            var baseline = candidate
            baseline.name = "baseline"
            baseline.command = stored.command
            try body(GateArm(arm: baseline, stored: stored), GateArm(arm: candidate))
        case .revision(let revision, let repository, let build, let serve):
            try Self.use(revision, repository, build, serve, interruption, body)
        }
    }

    private static func use(
        _ revision: String, _ repository: String, _ build: BuildCommand, _ serve: SlicePlan.Arm,
        _ interruption: Interruption, _ body: (GateArm, GateArm) throws -> Void
    ) throws {
        let builder = try RevisionBuilder(repository: repository, interruption: interruption) {
            Console.printError("gate: \($0)\n")
        }
        // The revision first, as the builder asks.
        let baseline: RevisionTree
        do {
            baseline = try builder.tree(of: revision, build: build)
        } catch let failure as RevisionFailure {
            // Nothing to compare with is another end than a build that fails.
            guard case .unknownRevision = failure else { throw failure }
            throw CommandEnd(.incomparable, failure.description)
        }
        let candidate = try builder.workingTree(build: build)
        let arm = { (name: String, tree: RevisionTree) in
            var arm = serve
            arm.name = name
            arm.directory = tree.folder
            return GateArm(arm: arm, revision: tree.revision)
        }
        // The trees are locked for as long as they live.
        try withExtendedLifetime((baseline, candidate)) {
            try body(arm("baseline", baseline), arm("candidate", candidate))
        }
    }
}
