import Recording

/// What a slice asks of an arm: a closed loop over so many clients, every client receiving every message.
package struct SliceLoad: Codable, Sendable, Hashable, CustomStringConvertible {
    package let clients: Int
    /// Payload bytes of a message.
    package let messageBytes: Int
    /// Messages outstanding in total.
    package let inFlight: Int

    package init(clients: Int, messageBytes: Int, inFlight: Int) {
        self.clients = clients
        self.messageBytes = messageBytes
        self.inFlight = inFlight
    }

    package var description: String {
        "\(HumanFormat.count(clients)) clients, \(HumanFormat.bytes(messageBytes)), \(inFlight) in flight"
    }
}
