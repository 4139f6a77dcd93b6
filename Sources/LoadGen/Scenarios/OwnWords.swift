/// The words that were given on the command line itself, beside a scenario file: they win over it.
package struct OwnWords: Sendable {
    package let words: [String]
    /// The file that `--scenario` names; nil without one.
    package private(set) var scenarioFile: String?
    /// The names of the options that are given.
    private var options: Set<String> = []
    private var hasURL = false

    /// Options that say otherwise than others do, which the file then has in vain.
    private static let replaced: [String: Set<String>] = [
        "rate": ["in-flight", "think-time", "stage"],
        "in-flight": ["rate", "stage", "arrival"],
        "stage": ["rate", "in-flight", "think-time", "duration"],
        "arrival": ["in-flight", "think-time"],
        "message": ["message-file"],
        "message-file": ["message"],
        "ca": ["insecure"],
        "insecure": ["ca"],
    ]

    /// - Parameters:
    ///   - words: those after the subcommand.
    ///   - known: the options that there are, to tell values from what stands by itself.
    package init(_ words: [String], known: [ScenarioOption]) {
        self.words = words
        let takingValue = Set(known.filter(\.takesValue).map(\.name))
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word != "--" else {
                if !rest.isEmpty { hasURL = true }
                break
            }
            guard word.hasPrefix("--") else {
                if !word.hasPrefix("-") { hasURL = true }
                continue
            }
            let name = String(word.dropFirst(2).prefix { $0 != "=" })
            options.insert(Self.withoutNegation(name))
            var value: String?
            if word.contains("=") {
                value = String(word.drop { $0 != "=" }.dropFirst())
            } else if takingValue.contains(name), let next = rest.first, !next.hasPrefix("-") {
                value = next
                rest.removeFirst()
            }
            if name == "scenario" { scenarioFile = value }
        }
    }

    /// Whether the command line leaves to the file what a setting is about. An option that may be repeated is replaced
    /// as a whole.
    package func leave(_ setting: ScenarioSetting) -> Bool {
        guard let option = setting.option.map(Self.withoutNegation) else { return !hasURL }
        return !options.contains(option) && !options.contains { Self.replaced[$0]?.contains(option) == true }
    }

    /// `--no-text` says something about `--text`.
    private static func withoutNegation(_ name: String) -> String {
        name.hasPrefix("no-") ? String(name.dropFirst(3)) : name
    }

    /// The file's words, and after them these.
    package func words(after scenario: Scenario) -> [String] {
        scenario.settings.filter(leave).map(\.word) + words
    }

    /// A message about a setting of the file with the line where it stands; any other as it is.
    package func located(_ message: String, in scenario: Scenario) -> String {
        let settings = scenario.settings.filter(leave)
        let setting =
            settings.first { $0.isNamed(in: message) && $0.isQuoted(in: message) }
            ?? settings.first { $0.isNamed(in: message) }
            ?? settings.first { $0.isQuoted(in: message) }
        return setting.map { "\(scenario.file):\($0.line): \(message)" } ?? message
    }
}
