import DequeModule

/// The connections of one loop that have a descriptor and are not served: those that have not sent a whole request so
/// far, and those that are being closed and were no clients. Those first that came, or began to close, first.
///
/// One that has sent a request is served: also while it waits for an answer, or between two requests. Each call costs
/// O(1), amortized. Loop's thread only.
struct Newcomers {
    /// The most of one loop.
    static let limit = 4096
    /// So many of one loop there may be however few descriptors there are.
    static let guaranteed = 16

    private let connections: ConnectionTable
    private var entries: Deque<Newcomer> = []
    /// How many there are; entries of those that are none any more may still be in `entries`.
    private(set) var count = 0

    init(among connections: ConnectionTable) { self.connections = connections }

    mutating func insert(_ connection: Connection) {
        if !connection.isNewcomer {
            connection.isNewcomer = true
            count += 1
        }
        entries.append(Newcomer(connection))
        // Entries behind one that stays. At least as many go as are left, so that each that comes pays for one.
        guard entries.count > 2 * count + Self.limit else { return }
        let connections = connections
        entries.removeAll { $0.connection(in: connections) == nil }
    }

    mutating func remove(_ connection: Connection) {
        guard connection.isNewcomer else { return }
        connection.isNewcomer = false
        count -= 1
    }

    mutating func oldest() -> Connection? {
        while let first = entries.first {
            if let connection = first.connection(in: connections) { return connection }
            entries.removeFirst()
        }
        return nil
    }
}
