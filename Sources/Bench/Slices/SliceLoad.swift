import LoadGen
import Recording

/// What a slice asks of an arm: messages of one size to so many clients, every client receiving every message.
package struct SliceLoad: Codable, Sendable, Hashable, CustomStringConvertible {
    package let clients: Int
    /// Payload bytes of a message.
    package let messageBytes: Int
    /// Closed loop: messages outstanding in total. 0 in an open loop.
    package let inFlight: Int
    /// Open loop: messages a second, evenly spaced. Nil in a closed loop.
    package let ratePerSecond: Double?

    /// A closed loop.
    package init(clients: Int, messageBytes: Int, inFlight: Int) {
        self.clients = clients
        self.messageBytes = messageBytes
        self.inFlight = inFlight
        ratePerSecond = nil
    }

    /// An open loop.
    package init(clients: Int, messageBytes: Int, ratePerSecond: Double) {
        self.clients = clients
        self.messageBytes = messageBytes
        inFlight = 0
        self.ratePerSecond = ratePerSecond
    }

    package var description: String {
        let pace = ratePerSecond.map { "\(HumanFormat.rate($0)) open loop" } ?? "\(inFlight) in flight"
        return "\(HumanFormat.count(clients)) clients, \(HumanFormat.bytes(messageBytes)), \(pace)"
    }

    var arrival: LoadPlan.Arrival {
        ratePerSecond.map { .open(ratePerSecond: $0) } ?? .closed(inFlight: inFlight)
    }
}
