/// The HTTP routes and their methods.
enum Route: CaseIterable {
    case about
    case health
    case metrics
    case profile
    case gesture
    case inference

    var method: String {
        switch self {
        case .about, .health, .metrics, .profile: "GET"
        case .gesture, .inference: "POST"
        }
    }

    var path: String {
        switch self {
        case .about: "/"
        case .health: "/healthz"
        case .metrics: "/api/metrics"
        case .profile: "/api/profile"
        case .gesture: "/api/gesture/process"
        case .inference: "/api/ai/infer"
        }
    }

    var takesJSON: Bool { method == "POST" }

    /// The route, or the answer that there is none (404, or 405 with the methods that are allowed).
    static func find(method: String, path: String) -> Result<Route, HTTPAnswer> {
        let candidates = allCases.filter { $0.path == path }
        // HEAD is GET without the body (RFC 9110 §9.3.2).
        let wanted = method == "HEAD" ? "GET" : method
        if let route = candidates.first(where: { $0.method == wanted }) { return .success(route) }
        guard !candidates.isEmpty else { return .failure(.notFound(path)) }
        let allowed = candidates.map { $0.method == "GET" ? "GET, HEAD" : $0.method }.joined(separator: ", ")
        var answer = HTTPAnswer.failure(405, "\(path) takes \(allowed)")
        answer.headers.add("Allow", allowed)
        return .failure(answer)
    }
}
