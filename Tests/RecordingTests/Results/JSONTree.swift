/// Any JSON value, to look at what was encoded without the types that encoded it.
indirect enum JSONTree: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    subscript(key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    var keys: Set<String> {
        guard case .object(let members) = self else { return [] }
        return Set(members.keys)
    }

    /// The numbers in objects within objects, by their path.
    func numbers(under prefix: String = "") -> [String: Double] {
        switch self {
        case .number(let value): [prefix: value]
        case .object(let members):
            members.reduce(into: [:]) { found, member in
                let path = prefix.isEmpty ? member.key : "\(prefix).\(member.key)"
                found.merge(member.value.numbers(under: path)) { first, _ in first }
            }
        default: [:]
        }
    }
}
