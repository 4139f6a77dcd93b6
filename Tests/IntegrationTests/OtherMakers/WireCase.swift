/// One way in which a client of another maker comes: to which driver, over what, with compression or without.
struct WireCase: Sendable, CustomStringConvertible {
    let io: String
    let wire: Wire
    let isCompressed: Bool

    var description: String { "\(io), \(wire), \(isCompressed ? "compressed" : "plain")" }

    static let all: [WireCase] = Drivers.available.flatMap { io in
        Wire.allCases.flatMap { wire in
            [false, true].map { WireCase(io: io, wire: wire, isCompressed: $0) }
        }
    }

    /// A server that compresses for whoever wants it.
    func server(_ more: String...) throws -> TestServer {
        try TestServer(
            arguments: ["--io", io, "--relay", "--compression", "on"] + wire.serverArguments() + more)
    }

    /// What the scripts of clients take: the URL, the authority's file, and whether to compress.
    func scriptArguments(_ server: TestServer, _ path: String) throws -> [String] {
        [server.url(path), try wire.authority(), isCompressed ? "on" : "off"]
    }
}
