/// An option of the command line that a scenario file may set.
///
/// The options are taken from the command's own help, so that there is no second list of them to be kept.
package struct ScenarioOption: Equatable, Sendable {
    /// Without the dashes: `in-flight`.
    package let name: String
    /// False for a flag that is there or not.
    package let takesValue: Bool
    /// Of a flag: whether there is one with `no-` before its name for the opposite.
    package let hasInverse: Bool

    package init(name: String, takesValue: Bool, hasInverse: Bool = false) {
        self.name = name
        self.takesValue = takesValue
        self.hasInverse = hasInverse
    }

    /// As a scenario file spells it: `inFlight`.
    package var key: String {
        name.split(separator: "-").enumerated().map { index, word in
            index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
    }

    /// The options in a help text of the command line's parser: `  --name <value>   What it is.`, or
    /// `  --name/--no-name   What it is.`
    package static func options(inHelp help: String) -> [ScenarioOption] {
        help.split(whereSeparator: \.isNewline).compactMap { line -> ScenarioOption? in
            guard line.hasPrefix("  --") else { return nil }
            let rest = line.dropFirst("  --".count)
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            guard !name.isEmpty else { return nil }
            let behind = rest.dropFirst(name.count)
            return ScenarioOption(
                name: String(name), takesValue: behind.hasPrefix(" <"), hasInverse: behind.hasPrefix("/--no-"))
        }
    }
}
