import LoadGen
import Recording

/// One line on a terminal that is written over and over; nothing where nobody looks.
package final class ProgressLine {
    private let isShown: Bool
    private var shownLength = 0

    package init(isShown: Bool) { self.isShown = isShown }

    package func show(_ text: String) {
        guard isShown else { return }
        let padding = String(repeating: " ", count: max(0, shownLength - text.count))
        Console.printError("\r" + text + padding)
        shownLength = text.count
    }

    package func clear() {
        guard isShown, shownLength > 0 else { return }
        Console.printError("\r" + String(repeating: " ", count: shownLength) + "\r")
        shownLength = 0
    }

    package static func text(_ progress: LoadProgress) -> String {
        let clients = "\(progress.connected)/\(progress.clients) clients"
        switch progress.stage {
        case .connecting: return "connecting: \(clients)"
        case .warmup: return "warming up: \(clients)"
        case .resting, .closing: return "closing: \(clients)"
        case .measuring, .grace:
            let elapsed = Double(progress.elapsedNanoseconds) / 1e9
            let total = Double(progress.durationNanoseconds) / 1e9
            let mark = progress.isSaturated ? "!" : ""
            return
                "\(Int(elapsed))/\(Int(total)) s  \(clients)  \(HumanFormat.rate(progress.deliveriesPerSecond)) deliveries  "
                + "p50 \(HumanFormat.nanoseconds(progress.latencyP50Nanoseconds))\(mark)  "
                + "p99 \(HumanFormat.nanoseconds(progress.latencyP99Nanoseconds))\(mark)  "
                + "\(progress.outstanding) outstanding" + (progress.isSaturated ? "  generator saturated" : "")
        }
    }
}
