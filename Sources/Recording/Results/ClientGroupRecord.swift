/// Clients of a run that differ from the others in how they connect.
package struct ClientGroupRecord: Codable, Equatable, Sendable {
    package var name: String
    package var clients: Int
    /// Nil where it is that of the URL.
    package var path: String?
    /// The names alone: values may be secrets.
    package var headerNames: [String]
    /// Messages that each of them sends when it is connected.
    package var subscribe: [String]

    package init(name: String, clients: Int, path: String?, headerNames: [String], subscribe: [String]) {
        self.name = name
        self.clients = clients
        self.path = path
        self.headerNames = headerNames
        self.subscribe = subscribe
    }
}
