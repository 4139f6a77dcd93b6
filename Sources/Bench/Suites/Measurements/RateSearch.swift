/// Finds the highest rate that holds: doubling until one does not, three bisections, then a confirmation that may
/// step down. Pure: it is told what held.
struct RateSearch {
    private static let bisections = 3
    private static let mostPerSecond = 10_000_000.0
    private static let stepDown = 0.9
    private static let confirmations = 3

    private var held: Double?
    private var failed: Double?
    private var candidate: Double
    private var bisected = 0
    private var confirmed = 0
    private(set) var isConfirming = false
    /// The result: the rate that held in the confirmation, nil where none did.
    private(set) var heldPerSecond: Double?
    private var isOver = false

    init(startPerSecond: Double) { candidate = startPerSecond }

    /// The rate to try next; nil when the search is over.
    var nextPerSecond: Double? { isOver ? nil : candidate }

    mutating func record(holds: Bool) {
        if isConfirming { return recordConfirmation(holds) }
        if holds { held = candidate } else { failed = candidate }
        guard let held else {
            // Not even the first: nothing to confirm.
            isOver = true
            return
        }
        guard let failed else {
            candidate = held * 2
            if candidate > Self.mostPerSecond { confirm(held) }
            return
        }
        guard bisected < Self.bisections else { return confirm(held) }
        bisected += 1
        candidate = ((held + failed) / 2).rounded()
    }

    private mutating func confirm(_ rate: Double) {
        isConfirming = true
        candidate = rate
    }

    private mutating func recordConfirmation(_ holds: Bool) {
        confirmed += 1
        if holds {
            heldPerSecond = candidate
            isOver = true
        } else {
            candidate = (candidate * Self.stepDown).rounded()
            isOver = confirmed == Self.confirmations
        }
    }
}
