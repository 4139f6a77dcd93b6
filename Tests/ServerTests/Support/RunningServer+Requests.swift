import FoundationEssentials
import WebSocketWire

extension RunningServer {
    private struct ClientList: Decodable {
        let clients: [ListedClient]
        let count: Int
    }

    /// The body of the answer to a POST that must succeed.
    func post(_ path: String, _ body: String) throws -> String {
        let response = try request("POST", path, json: body)
        guard response.status == 200 else { throw TestFailure("posting to \(path): \(response)") }
        return String(decoding: response.body, as: UTF8.self)
    }

    /// A request with the fields given, on a connection of its own.
    func request(
        _ method: String, _ path: String, fields: [(String, String)], json body: String? = nil
    ) throws -> HTTPClientResponse {
        let client = try client()
        defer { client.close() }
        var text = "\(method) \(path) HTTP/1.1\r\nHost: test\r\n"
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        try client.write("\(text)\r\n\(body ?? "")")
        return try client.response()
    }

    /// `GET /api/clients`.
    func listedClients() throws -> [ListedClient] {
        let list = try JSONDecoder().decode(ClientList.self, from: Data(request("GET", "/api/clients").body))
        guard list.count == list.clients.count else { throw TestFailure("\(list.count) clients, not as many listed") }
        return list.clients
    }

    /// `GET /metrics`, parsed to the letter.
    func figures() throws -> PrometheusText {
        let response = try request("GET", "/metrics")
        guard response.headers.first("Content-Type") == "text/plain; version=0.0.4; charset=utf-8" else {
            throw TestFailure("not Prometheus's text: \(response.headers)")
        }
        return try PrometheusText(parsing: String(decoding: response.body, as: UTF8.self))
    }
}
