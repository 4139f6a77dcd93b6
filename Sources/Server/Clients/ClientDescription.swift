/// What `GET /api/clients` says of one WebSocket client, as its loop saw it at one moment.
struct ClientDescription: Equatable, Sendable {
    let id: ClientID
    /// The peer's address, without the port.
    let ip: String
    /// Milliseconds since 1970.
    let connectedAtMilliseconds: Int64
    let endpoint: Endpoint
    let subscriptions: ChannelSet
    /// What is queued for the client and not yet handed to the kernel.
    let backlogBytes: UInt64
    /// How many frames of its stream those are; nil where that is not known.
    let backlogMessages: UInt64?
    /// Messages that were left out because the client was too slow (`--slow-client skip`).
    let missedMessages: UInt64

    /// Writes the members of the client's object.
    func write(to json: inout JSONWriter) {
        json.field("id", id.description)
        json.field("ip", ip)
        json.field("connectedAt", connectedAtMilliseconds)
        json.field("path", endpoint.path)
        json.field("subscriptions", subscriptions.channels.map(\.rawValue))
        json.objectField("backlog") { json in
            json.field("bytes", Int64(clamping: backlogBytes))
            if let backlogMessages { json.field("messages", Int64(clamping: backlogMessages)) }
        }
        json.field("missed", Int64(clamping: missedMessages))
    }
}
