/// What groups of clients come to for the run as a whole.
///
/// The clients of a run are numbered; those that publish are the first, and those that do not read are the last. Groups
/// have their clients one after the other, so theirs have to be in these places as well.
package struct ScenarioGroups: Sendable {
    package let groups: [ScenarioGroup]

    /// - Throws: `ScenarioError` where the groups cannot be run side by side.
    package init(_ groups: [ScenarioGroup], file: String) throws(ScenarioError) {
        self.groups = groups
        var isPublishing = true
        var isSlow = false
        for group in groups {
            let publishers = group.publishers ?? 0
            guard publishers == 0 || isPublishing else {
                throw ScenarioError(
                    file: file, line: group.line,
                    problem: "group \(group.name): publishers: expected those that publish before all other clients; "
                        + "put them first, in a group of their own")
            }
            if publishers < group.clients { isPublishing = false }
            guard !isSlow || group.slowReaders == group.clients else {
                throw ScenarioError(
                    file: file, line: group.line,
                    problem: "group \(group.name): expected slow readers after all other clients; "
                        + "put them last, in a group of their own")
            }
            if group.slowReaders > 0 { isSlow = true }
        }
    }

    package var clients: Int { groups.reduce(0) { $0 + $1.clients } }

    /// What the command line has to say for them.
    package var settings: [ScenarioSetting] {
        guard let line = groups.first?.line else { return [] }
        var settings = [ScenarioSetting(option: "clients", value: String(clients), line: line)]
        let publishers = groups.compactMap(\.publishers)
        if !publishers.isEmpty {
            settings.append(
                ScenarioSetting(option: "publishers", value: String(publishers.reduce(0, +)), line: line))
        }
        let slowReaders = groups.reduce(0) { $0 + $1.slowReaders }
        if slowReaders > 0 {
            settings.append(ScenarioSetting(option: "slow-readers", value: String(slowReaders), line: line))
        }
        return settings
    }
}
