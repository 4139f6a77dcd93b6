import ArgumentParser
import LoadGen

/// A run's options from a file.
struct LoadScenarioOptions: ParsableArguments {
    @Option(help: "YAML file with options for the run and groups of clients; what the command line says wins.")
    var scenario: String?

    @Flag(help: "Check all that is given and print the plan as JSON, without a run.")
    var dryRun = false

    /// The groups of the file's clients, each with its place among them.
    ///
    /// - Parameter header: reads `Name: value`.
    /// - Throws: `ValidationError`.
    func clientGroups(
        clients: Int, publishers: Int, header: (String) throws -> (String, String)
    ) throws -> ClientGroups {
        guard let scenario else { return ClientGroups() }
        let file = try LoadScenario.read(scenario)
        guard !file.groups.groups.isEmpty else { return ClientGroups() }
        guard clients == file.groups.clients else {
            throw ValidationError("--clients: the groups of \(scenario) have \(file.groups.clients), found \(clients)")
        }
        let sum = file.groups.groups.compactMap(\.publishers)
        guard sum.isEmpty || sum.reduce(0, +) == publishers else {
            throw ValidationError(
                "--publishers: the groups of \(scenario) have \(sum.reduce(0, +)), found \(publishers)")
        }
        var next = 0
        return ClientGroups(
            try file.groups.groups.map { group in
                defer { next += group.clients }
                return ClientGroup(
                    name: group.name, clients: next..<next + group.clients, path: group.path,
                    headers: try group.headers.map(header), subscribe: group.subscribe)
            })
    }
}
