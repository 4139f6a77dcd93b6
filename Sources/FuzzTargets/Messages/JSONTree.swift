import Foundation

/// A JSON value as Foundation reads it, to compare with what our own reader accepted.
enum JSONTree: Equatable {
    /// Numbers and booleans, in Foundation's words.
    case scalar(String)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])
    case null

    /// Nil where Foundation refuses it.
    init?(parsing bytes: some Sequence<UInt8>) {
        guard let value = try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed]) else {
            return nil
        }
        self.init(value)
    }

    private init(_ value: Any) {
        switch value {
        case let text as String: self = .string(text)
        case let elements as [Any]: self = .array(elements.map { JSONTree($0) })
        case let members as [String: Any]: self = .object(members.mapValues { JSONTree($0) })
        case let number as NSNumber: self = .scalar(number.stringValue)
        default: self = .null
        }
    }

    /// Nil where this is no object.
    var members: [String: JSONTree]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}
