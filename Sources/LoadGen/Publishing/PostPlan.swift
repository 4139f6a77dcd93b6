import Transport
import WebSocketWire

/// Where and how messages are posted, where clients do not publish on their own connections.
package struct PostPlan: Sendable {
    /// A server that has not answered by then has lost the request; its connection is given up.
    static let answerTimeoutNanoseconds: UInt64 = 30_000_000_000
    private static let reservedFields = ["Content-Length", "Transfer-Encoding", "Connection", "Expect"]

    package var url: PublishURL
    /// In place of fields of ours that have the same name: Host, Content-Type.
    package var headers: [(String, String)]
    /// For https; nil for http.
    package var tls: TLSClientContext?

    package init(url: PublishURL, headers: [(String, String)] = [], tls: TLSClientContext? = nil) {
        self.url = url
        self.headers = headers
        self.tls = tls
    }

    /// Whether a field says how a request is framed, or what its answer waits for: those are ours alone.
    package static func isReserved(_ name: String) -> Bool {
        reservedFields.contains { name.equalsIgnoringASCIICase($0) }
    }

    /// Blocks on the resolver: before the run.
    func resolve() throws(AddressError) -> SocketAddress {
        try SocketAddress.resolve(host: url.host, port: url.port)
    }
}
