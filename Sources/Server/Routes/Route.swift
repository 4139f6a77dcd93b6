/// The HTTP routes and their methods.
enum Route: Equatable {
    case about
    case health
    case metrics
    case prometheus
    case profile
    case gesture
    case inference
    case system
    case error
    case clients
    /// A message for this client; whether it is there is not asked here.
    case clientMessage(ClientID)

    /// All routes whose path is always the same.
    static let fixed: [Route] = [
        .about, .health, .metrics, .prometheus, .profile, .gesture, .inference, .system, .error, .clients,
    ]

    var method: String {
        switch self {
        case .about, .health, .metrics, .prometheus, .profile, .clients: "GET"
        case .gesture, .inference, .system, .error, .clientMessage: "POST"
        }
    }

    var path: String {
        switch self {
        case .about: "/"
        case .health: "/healthz"
        case .metrics: "/api/metrics"
        case .prometheus: "/metrics"
        case .profile: "/api/profile"
        case .gesture: "/api/gesture/process"
        case .inference: "/api/ai/infer"
        case .system: "/api/system"
        case .error: "/api/error"
        case .clients: "/api/clients"
        case .clientMessage(let id): "/api/clients/\(id)/messages"
        }
    }

    /// Whether it is answered without a token where tokens are asked for.
    var isPublic: Bool { self == .about || self == .health }

    var takesJSON: Bool { method == "POST" }

    /// The route, or the answer that there is none (404, or 405 with the methods that are allowed).
    ///
    /// - Parameter path: as sent. Nothing is percent-decoded: no path here needs it.
    static func find(method: String, path: String) -> Result<Route, HTTPAnswer> {
        let candidates = at(path)
        // HEAD is GET without the body (RFC 9110 §9.3.2).
        let wanted = method == "HEAD" ? "GET" : method
        if let route = candidates.first(where: { $0.method == wanted }) { return .success(route) }
        guard !candidates.isEmpty else { return .failure(.notFound(path)) }
        let allowed = candidates.map { $0.method == "GET" ? "GET, HEAD" : $0.method }.joined(separator: ", ")
        var answer = HTTPAnswer.failure(405, "\(path) takes \(allowed)")
        answer.headers.add("Allow", allowed)
        return .failure(answer)
    }

    private static func at(_ path: String) -> [Route] {
        if let route = clientMessage(at: path) { return [route] }
        return fixed.filter { $0.path == path }
    }

    private static func clientMessage(at path: String) -> Route? {
        guard path.hasPrefix("/api/clients/") else { return nil }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[4] == "messages", let id = ClientID(parsing: parts[3]) else { return nil }
        return .clientMessage(id)
    }
}
