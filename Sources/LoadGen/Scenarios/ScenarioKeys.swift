/// The keys that a scenario file may have at its top, and the options for which they stand.
///
/// A key is an option's name in camel case; where an option takes a value its plural will do as well, for lists:
/// `stages` is `--stage`.
package struct ScenarioKeys: Sendable {
    /// What makes no sense in a file, or has a meaning of its own there.
    private static let reserved: Set<String> = ["scenario", "dry-run", "help", "version", "url", "groups"]

    private let options: [String: ScenarioOption]

    package init(_ options: [ScenarioOption]) {
        var byKey: [String: ScenarioOption] = [:]
        let allowed = options.filter { !Self.reserved.contains($0.name) }
        for option in allowed where option.takesValue && !option.key.hasSuffix("s") {
            byKey[option.key + "s"] = option
        }
        // An option whose name is another's plural is itself.
        for option in allowed { byKey[option.key] = option }
        self.options = byKey
    }

    package subscript(key: String) -> ScenarioOption? { options[key] }

    /// Without the plurals.
    package var names: [String] { options.values.map(\.key) + ["url", "groups"] }
}
