import Recording

/// The groups of a run's clients: together they are all of them, or there are none.
///
/// Invariant: the ranges of clients follow one another from 0 on without a gap. Cost of a look-up: logarithmic in the
/// groups; once a connection.
package struct ClientGroups: Sendable {
    private let groups: [ClientGroup]

    package init() { groups = [] }

    /// - Parameter groups: each beginning where the one before it ends, the first at 0; anything else is a programmer
    ///   error.
    package init(_ groups: [ClientGroup]) {
        var next = 0
        for group in groups {
            precondition(group.clients.lowerBound == next, "groups follow one another")
            next = group.clients.upperBound
        }
        self.groups = groups
    }

    package var isEmpty: Bool { groups.isEmpty }
    package var clientCount: Int { groups.last?.clients.upperBound ?? 0 }

    /// The group to which a client belongs; nil where there are no groups.
    package func group(ofClient index: Int) -> ClientGroup? {
        var low = 0
        var high = groups.count
        while low < high {
            let middle = (low + high) / 2
            if groups[middle].clients.upperBound <= index { low = middle + 1 } else { high = middle }
        }
        return low < groups.count ? groups[low] : nil
    }

    var record: [ClientGroupRecord] {
        groups.map { group in
            ClientGroupRecord(
                name: group.name, clients: group.clients.count, path: group.path,
                headerNames: group.headers.map(\.0), subscribe: group.subscribe)
        }
    }
}
