import Testing
import Transport

@testable import Server

/// A server with one loop and clients on /relay, which are broadcast to in lock step: the next message when everybody
/// has the one before.
final class CostRig {
    let server: RunningServer
    private(set) var clients: [TestClient] = []

    init(
        _ variant: ServerVariant, clients count: Int, _ configure: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        server = try RunningServer(variant, configure)
        try join(count)
    }

    /// The kernel interfaces that there are here, each with one loop.
    static var variants: [ServerVariant] { ServerVariant.all.filter { $0.threads == 1 } }

    func join(_ count: Int) throws { clients += try server.clients(count, "/relay") }

    func read() -> CostReading { CostReading.take(server.server.loops[0]) }

    func read(around work: @escaping @Sendable () -> Void) -> (before: CostReading, after: CostReading) {
        CostReading.take(server.server.loops[0], around: work)
    }

    func round() throws {
        try clients[0].send(.binary, Self.payload)
        for client in clients { #expect(try client.next() == .message(.binary, Self.payload)) }
    }

    /// What each of some rounds cost, and reading as well.
    ///
    /// Rounds are read one by one and not in one sum, so that the server's timers, which come once a second, disturb
    /// one of them and not the median.
    func costs(rounds: Int, _ figure: (CostReading) -> Int?, round: () throws -> Void) throws -> [Int] {
        var readings = [read()]
        for _ in 0..<rounds {
            try round()
            readings.append(read())
        }
        let figures = readings.compactMap(figure)
        return zip(figures.dropFirst(), figures).map { $0 - $1 }
    }

    /// What one round costs: the median of many, less the median of reading alone.
    func medianCost(_ figure: (CostReading) -> Int?) throws -> Int { try cost(Self.median, figure) }

    /// What the cheapest of many rounds costs: one that the machine's other work did not spread over more turns.
    func leastCost(_ figure: (CostReading) -> Int?) throws -> Int {
        try cost({ try #require($0.min()) }, figure)
    }

    private func cost(_ summary: ([Int]) throws -> Int, _ figure: (CostReading) -> Int?) throws -> Int {
        // The first rounds warm up buffers that are kept.
        for _ in 0..<10 { try round() }
        let rounds = try costs(rounds: 31, figure) { try round() }
        let readings = try costs(rounds: 31, figure) {}
        return try summary(rounds) - summary(readings)
    }

    static func median(_ values: [Int]) throws -> Int {
        try #require(!values.isEmpty)
        return values.sorted()[values.count / 2]
    }

    private static let payload = [UInt8](repeating: 7, count: 64)
}
