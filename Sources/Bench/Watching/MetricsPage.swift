import Recording
import Synchronization
import WebSocketWire

/// The page that `GET /metrics` answers with: written by who watches the run, read by whoever asks.
final class MetricsPage: Sendable {
    private let text = Mutex<[UInt8]>([])

    func replace(with bytes: [UInt8]) { text.withLock { $0 = bytes } }

    func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard request.path == "/metrics" else { return HTTPResponse(status: 404) }
        var headers = HTTPHeaders()
        guard request.method == "GET" || request.method == "HEAD" else {
            headers.add("Allow", "GET, HEAD")
            return HTTPResponse(status: 405, headers: headers)
        }
        headers.add("Content-Type", PrometheusWriter.contentType)
        return HTTPResponse(status: 200, headers: headers, body: text.withLock { $0 })
    }
}
