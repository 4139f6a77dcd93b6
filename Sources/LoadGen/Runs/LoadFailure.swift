/// Why a run has no result at all.
package enum LoadFailure: Error, CustomStringConvertible {
    case nobodyConnected(String)
    case nobodyStayed(String)
    /// Where messages are posted and no connection for that could be made.
    case noPublisher(String)
    case notAllConnected(connected: Int, requested: Int, reason: String)

    package var description: String {
        switch self {
        case .nobodyConnected(let reason): "no client could be connected: \(reason)"
        case .nobodyStayed(let reason): "no client stayed connected: \(reason)"
        case .noPublisher(let reason): "nothing could be published: \(reason)"
        case .notAllConnected(let connected, let requested, let reason):
            "only \(connected) of \(requested) clients could be connected: \(reason)"
        }
    }
}
