/// A part of a run's clients that connects in a way of its own.
package struct ClientGroup: Sendable {
    package let name: String
    /// The indices of its clients: contiguous, and of no other group.
    package let clients: Range<Int>
    /// Instead of the URL's; nil for the URL's.
    package let path: String?
    /// Beside those of all clients.
    package let headers: [(String, String)]
    /// Text messages that each client sends when it is connected, each time that it is.
    package let subscribe: [String]

    package init(
        name: String, clients: Range<Int>, path: String?, headers: [(String, String)], subscribe: [String]
    ) {
        self.name = name
        self.clients = clients
        self.path = path
        self.headers = headers
        self.subscribe = subscribe
    }
}
