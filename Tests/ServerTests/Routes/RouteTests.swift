import Testing

@testable import Server

@Suite("Route")
struct RouteTests {
    private static let id = ClientID(loop: 0, slot: 12, generation: 3)

    private static let table: [(Route, String, String)] = [
        (.about, "GET", "/"), (.health, "GET", "/healthz"), (.metrics, "GET", "/api/metrics"),
        (.prometheus, "GET", "/metrics"), (.profile, "GET", "/api/profile"), (.clients, "GET", "/api/clients"),
        (.gesture, "POST", "/api/gesture/process"), (.inference, "POST", "/api/ai/infer"),
        (.system, "POST", "/api/system"), (.error, "POST", "/api/error"),
        (.clientMessage(id), "POST", "/api/clients/c0-12-3/messages"),
    ]

    private func route(_ method: String, _ path: String) -> Route? {
        try? Route.find(method: method, path: path).get()
    }

    private func refusal(_ method: String, _ path: String) -> HTTPAnswer? {
        guard case .failure(let answer) = Route.find(method: method, path: path) else { return nil }
        return answer
    }

    @Test("the table is complete")
    func complete() {
        #expect(Self.table.count == Route.fixed.count + 1)
        for route in Route.fixed { #expect(Self.table.contains { $0.0 == route }) }
    }

    @Test("each route is found by its method and its path")
    func found() {
        for (expected, method, path) in Self.table {
            #expect(route(method, path) == expected)
            #expect(expected.method == method)
            #expect(expected.path == path)
            #expect(expected.takesJSON == (method == "POST"))
            #expect(route("HEAD", path) == (method == "GET" ? expected : nil))
        }
    }

    @Test("another method is refused with those that are allowed")
    func wrongMethod() {
        for (_, method, path) in Self.table {
            let allowed = method == "GET" ? "GET, HEAD" : "POST"
            let others = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "get", ""].filter {
                $0 != method && !(method == "GET" && $0 == "HEAD")
            }
            for other in others {
                let answer = refusal(other, path)
                #expect(answer?.status == 405)
                #expect(answer?.headers.first("Allow") == allowed)
                let details = #""details":"\#(path) takes \#(allowed)""#
                #expect(answer.map { String(decoding: $0.body, as: UTF8.self).contains(details) } == true)
            }
        }
    }

    @Test(
        "there is nothing at any other path, whatever the method",
        arguments: [
            "", "*", "/nowhere", "//", "/healthz/", "/HEALTHZ", "/metrics/", "/api", "/api/", "/api/clients/",
            "/api/clients/messages", "/api/clients//messages", "/api/clients/c0-12-3", "/api/clients/c0-12-3/",
            "/api/clients/c0-12-3/message", "/api/clients/c0-12-3/messages/", "/api/clients/c0-12-3/messages/1",
            "/api/clients//c0-12-3/messages", "/api/clients/c0-12/messages", "/api/clients/c0-012-3/messages",
            "/api/clients/c0-12-4294967296/messages", "/api/clients/c0%2D12-3/messages", "/api/clients/x/messages",
            "/api/clients/../messages", "api/clients/c0-12-3/messages", "/API/clients/c0-12-3/messages",
        ])
    func nothing(path: String) {
        for method in ["GET", "HEAD", "POST", "DELETE"] {
            let answer = refusal(method, path)
            #expect(answer?.status == 404)
            #expect(answer?.headers.first("Allow") == nil)
        }
    }
}
