import ArgumentParser
import FoundationEssentials
import LoadGen

/// The command line of `load` with the words of its scenario file before its own.
struct LoadScenario {
    private let own: OwnWords
    private let scenario: Scenario

    /// Taken from the command's own help once: it does not change.
    private static let options = ScenarioOption.options(
        inHelp: LoadCommand.helpMessage(includeHidden: true, columns: 100_000))

    /// Nil for another subcommand, and without `--scenario`.
    ///
    /// - Parameter arguments: those of the program, the subcommand first.
    /// - Throws: `ValidationError` where the file cannot be read or is wrong.
    init?(_ arguments: [String]) throws {
        guard arguments.first == LoadCommand.configuration.commandName else { return nil }
        own = OwnWords(Array(arguments.dropFirst()), known: Self.options)
        guard let file = own.scenarioFile else { return nil }
        scenario = try Self.read(file)
    }

    /// For the parser, in place of the program's arguments.
    var arguments: [String] { [LoadCommand.configuration.commandName ?? "load"] + own.words(after: scenario) }

    /// What is wrong with a setting of the file, with its line.
    func located(_ message: String) -> String { own.located(message, in: scenario) }

    /// - Throws: `ValidationError`.
    static func read(_ file: String) throws -> Scenario {
        guard let data = try? Data(contentsOf: URL(filePath: file)),
            let text = String(validating: data, as: UTF8.self)
        else { throw ValidationError("--scenario: expected a readable file of UTF-8 text, found '\(file)'") }
        return try parsed { () throws(ScenarioError) in
            try Scenario(parsing: text, file: file, keys: ScenarioKeys(options))
        }
    }
}
