/// A scenario file: a named set of options for a run, and groups of clients that differ.
///
/// What an option takes is not judged here: the settings become words of the command line, and are judged like all
/// others.
package struct Scenario: Sendable {
    package let file: String
    /// In the file's order; those that follow from the groups are among them.
    package let settings: [ScenarioSetting]
    package let groups: ScenarioGroups

    /// - Parameters:
    ///   - text: YAML.
    ///   - file: its name, for messages.
    ///   - keys: what may stand in it.
    /// - Throws: `ScenarioError`.
    package init(parsing text: String, file: String, keys: ScenarioKeys) throws(ScenarioError) {
        var reader = ScenarioReader(file: file, keys: keys)
        try reader.read(text)
        self.file = file
        groups = try ScenarioGroups(reader.groups, file: file)
        let derived = groups.settings
        for setting in reader.settings {
            guard let other = derived.first(where: { $0.option == setting.option }) else { continue }
            guard setting.value == other.value else {
                throw ScenarioError(
                    file: file, line: setting.line,
                    problem: "\(setting.option ?? "url"): the groups have \(other.value ?? "") in all, "
                        + "found \(setting.value ?? "")")
            }
        }
        settings = reader.settings + derived
    }
}
