import Yams

/// Reads a scenario file's YAML. Strict: what it does not know is an error, with its line.
struct ScenarioReader {
    private let file: String
    private let keys: ScenarioKeys
    private(set) var settings: [ScenarioSetting] = []
    private(set) var groups: [ScenarioGroup] = []

    private static let groupKeys = [
        "name", "clients", "publishers", "slowReaders", "path", "headers", "subscribe",
    ]

    init(file: String, keys: ScenarioKeys) {
        self.file = file
        self.keys = keys
    }

    mutating func read(_ text: String) throws(ScenarioError) {
        guard case .mapping(let mapping)? = try Self.compose(text, file) else {
            throw failure(nil, "expected keys with their values, such as clients: 100")
        }
        for (keyNode, value) in mapping {
            let key = try scalar(keyNode, "a key")
            let line = line(of: keyNode)
            switch key {
            case "url":
                let url = try scalar(value, "url")
                // Anything else might be taken for an option.
                guard url.contains("://") else {
                    throw failure(line, "url: expected ws://host:port/path or wss://host:port/path, found '\(url)'")
                }
                settings.append(ScenarioSetting(option: nil, value: url, line: self.line(of: value)))
            case "groups":
                try readGroups(value, line)
            default:
                guard let option = keys[key] else {
                    throw failure(
                        line, "unknown key '\(key)': \(NearestNames.suggestion(for: key, among: keys.names))")
                }
                try readOption(option, key, value)
            }
        }
    }

    private mutating func readOption(_ option: ScenarioOption, _ key: String, _ value: Node) throws(ScenarioError) {
        guard option.takesValue else {
            switch try scalar(value, key) {
            case "true", "on", "yes":
                settings.append(ScenarioSetting(option: option.name, value: nil, line: line(of: value)))
            case "false", "off", "no":
                guard option.hasInverse else { break }
                settings.append(ScenarioSetting(option: "no-" + option.name, value: nil, line: line(of: value)))
            case let other:
                throw failure(line(of: value), "\(key): expected true or false, found '\(other)'")
            }
            return
        }
        for (text, line) in try texts(value, key) {
            settings.append(ScenarioSetting(option: option.name, value: text, line: line))
        }
    }

    // MARK: Groups

    private mutating func readGroups(_ value: Node, _ line: Int) throws(ScenarioError) {
        guard case .sequence(let sequence) = value, !sequence.isEmpty else {
            throw failure(line, "groups: expected a list of groups, each with a name and clients")
        }
        for node in sequence {
            let group = try readGroup(node)
            guard !groups.contains(where: { $0.name == group.name }) else {
                throw failure(group.line, "group \(group.name): expected a name of its own")
            }
            groups.append(group)
        }
    }

    private func readGroup(_ node: Node) throws(ScenarioError) -> ScenarioGroup {
        let groupLine = line(of: node)
        guard case .mapping(let mapping) = node else {
            throw failure(groupLine, "groups: expected each to be keys with their values")
        }
        var group = ScenarioGroup(name: "", clients: 0, line: groupLine)
        for (keyNode, value) in mapping {
            let key = try scalar(keyNode, "a key")
            switch key {
            case "name": group.name = try scalar(value, key)
            case "clients": group.clients = try count(value, key, atLeast: 1)
            case "publishers": group.publishers = try count(value, key, atLeast: 0)
            case "slowReaders": group.slowReaders = try count(value, key, atLeast: 0)
            case "path":
                let path = try scalar(value, key)
                guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "#") })
                else {
                    throw failure(
                        line(of: value), "path: expected one that begins with / and has no blanks, found '\(path)'")
                }
                group.path = path
            case "headers": group.headers = try texts(value, key).map { $0.text }
            case "subscribe": group.subscribe = try texts(value, key).map { $0.text }
            case "thinkTime":
                throw failure(line(of: keyNode), "thinkTime: expected beside groups, as all groups share it")
            default:
                throw failure(
                    line(of: keyNode),
                    "unknown key '\(key)' of a group: \(NearestNames.suggestion(for: key, among: Self.groupKeys))")
            }
        }
        guard !group.name.isEmpty, group.clients > 0 else {
            throw failure(groupLine, "groups: expected each to have a name and clients")
        }
        guard group.publishers ?? 0 <= group.clients, group.slowReaders <= group.clients else {
            throw failure(
                groupLine,
                "group \(group.name): expected at most its \(group.clients) clients as publishers or slowReaders")
        }
        return group
    }

    private func count(_ node: Node, _ key: String, atLeast least: Int) throws(ScenarioError) -> Int {
        let text = try scalar(node, key)
        guard let count = Int(text), count >= least, count <= 1_000_000 else {
            throw failure(line(of: node), "\(key): expected a number from \(least) to 1000000, found '\(text)'")
        }
        return count
    }

    // MARK: Nodes

    /// One value, each value of a list, or `key: value` for each pair of a mapping, as headers have it.
    private func texts(_ node: Node, _ key: String) throws(ScenarioError) -> [(text: String, line: Int)] {
        var texts: [(text: String, line: Int)] = []
        switch node {
        case .scalar, .alias:
            texts.append((text: try scalar(node, key), line: line(of: node)))
        case .sequence(let sequence):
            for element in sequence { texts.append((text: try scalar(element, key), line: line(of: element))) }
        case .mapping(let mapping):
            for (nameNode, value) in mapping {
                let name = try scalar(nameNode, key)
                let text = try scalar(value, key)
                texts.append((text: "\(name): \(text)", line: line(of: nameNode)))
            }
        }
        guard !texts.isEmpty else { throw failure(line(of: node), "\(key): expected a value") }
        return texts
    }

    /// The text of a single value, as it was written: `on` is `on`.
    private func scalar(_ node: Node, _ key: String) throws(ScenarioError) -> String {
        guard case .scalar(let scalar) = node else {
            throw failure(line(of: node), "\(key): expected one value")
        }
        guard scalar.style != .plain || !["", "~", "null"].contains(scalar.string) else {
            throw failure(line(of: node), "\(key): expected a value, found none")
        }
        return scalar.string
    }

    private func line(of node: Node) -> Int { node.mark?.line ?? 1 }

    private func failure(_ line: Int?, _ problem: String) -> ScenarioError {
        ScenarioError(file: file, line: line, problem: problem)
    }

    private static func compose(_ text: String, _ file: String) throws(ScenarioError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw yamlFailure(error, file)
        } catch {
            throw ScenarioError(file: file, line: nil, problem: String(describing: error))
        }
    }

    private static func yamlFailure(_ error: YamlError, _ file: String) -> ScenarioError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return ScenarioError(file: file, line: mark.line, problem: "no YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return ScenarioError(
                file: file, line: context.mark.line,
                problem: "expected each key once, found more of \(duplicates.joined(separator: ", "))")
        default:
            return ScenarioError(file: file, line: nil, problem: "no YAML: \(error)")
        }
    }
}
