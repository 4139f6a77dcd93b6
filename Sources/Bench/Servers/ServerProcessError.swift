/// A server that did not come up.
package enum ServerProcessError: Error, CustomStringConvertible {
    case notStarted(String)

    package var description: String {
        switch self {
        case .notStarted(let reason): "the server could not be started: \(reason)"
        }
    }
}
