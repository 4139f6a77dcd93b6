/// How much a loop takes apart in one turn of what takes its time: compressed messages, by what they inflate to, and JSON.
///
/// Whoever sends more than that waits for the next turn, with everybody else whose messages may take time, so that the
/// others are served in between. A turn takes the limit and one message more at most: beside 64 KiB of the worst input
/// that was tried, another client waited 6 to 74 ms. It bounds as well by how much a turn's batch can be larger than what
/// was received. Loop's thread only.
struct TurnBudget {
    private static let limitBytes = 1 << 20

    private var spentBytes = 0

    var isExhausted: Bool { spentBytes >= Self.limitBytes }

    mutating func spend(_ bytes: Int) { spentBytes += bytes }

    mutating func renew() { spentBytes = 0 }
}
