/// One thing that a scenario file sets: a word of the command line, and where it stands.
package struct ScenarioSetting: Equatable, Sendable {
    /// The option's name without its dashes; nil for the URL.
    package let option: String?
    /// Nil for a flag.
    package let value: String?
    package let line: Int

    package init(option: String?, value: String?, line: Int) {
        self.option = option
        self.value = value
        self.line = line
    }

    /// A value may begin with a dash, so it stands in one word with its option.
    package var word: String {
        guard let option else { return value ?? "" }
        return value.map { "--\(option)=\($0)" } ?? "--\(option)"
    }

    /// Whether a message is about the option.
    package func isNamed(in message: String) -> Bool {
        guard let option else { return false }
        return message.split { !($0.isLetter || $0.isNumber || $0 == "-") }.contains { $0 == "--\(option)" }
    }

    /// Whether a message quotes the value. Short ones stand in many a message by chance.
    package func isQuoted(in message: String) -> Bool {
        guard let value, value.count >= 4 else { return false }
        return message.contains(value)
    }
}
