/// What is wrong with a list of cores.
package enum CoreListError: Error, Equatable, CustomStringConvertible {
    case malformed(String)
    case notUsable(Int, [Int])

    package var description: String {
        switch self {
        case .malformed(let text): "expected cores such as 1, 0-3 or 1,3, found '\(text)'"
        case .notUsable(let core, let usable):
            "core \(core) cannot be used here, only \(usable.map(String.init).joined(separator: ", ")) can"
        }
    }
}
