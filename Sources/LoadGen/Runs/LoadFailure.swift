/// Why a run has no result at all.
package enum LoadFailure: Error, CustomStringConvertible {
    case nobodyConnected(String)

    package var description: String {
        switch self {
        case .nobodyConnected(let reason): "no client could be connected: \(reason)"
        }
    }
}
