import FoundationEssentials

/// The paths of all members of a JSON document (`latency.p99Nanoseconds`), to compare with a list of keys without the
/// types that wrote them. Arrays count as values.
struct JSONPaths: Decodable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    let paths: Set<String>

    init(from decoder: any Decoder) throws {
        guard let members = try? decoder.container(keyedBy: Key.self) else {
            paths = []
            return
        }
        var paths: Set<String> = []
        for key in members.allKeys {
            paths.insert(key.stringValue)
            let inner = try? members.decode(JSONPaths.self, forKey: key)
            for path in inner?.paths ?? [] { paths.insert("\(key.stringValue).\(path)") }
        }
        self.paths = paths
    }

    static func of(_ json: [UInt8]) throws -> Set<String> {
        try JSONDecoder().decode(JSONPaths.self, from: Data(json)).paths
    }
}
