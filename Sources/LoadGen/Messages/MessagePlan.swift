import Recording
import WebSocketWire

/// What clients send, and how they know it again: all that makes one server's protocol differ from another's.
package struct MessagePlan: Sendable {
    /// Of what is published; nil for payloads of the generator's own.
    package var template: MessageTemplate?
    /// For the columns of all templates.
    package var data: DataTable?
    /// The frames of what is published.
    package var kind = MessageKind.binary
    /// The server puts what it relays into an envelope: the stamp is searched for, and nothing but the stamp is looked
    /// at. A template, from which no two messages are the same, is treated alike.
    package var isWrapped = false
    /// Sent as text on each connection, also one that is made again, before the client counts as connected.
    package var subscriptions: [MessageTemplate] = []
    /// In a message that has to come before the client counts as connected; nil where none is waited for.
    package var confirmation: ByteNeedle?
    /// Whether a server relays a message to its sender too.
    package var senderReceives = true
    /// Where messages are posted to; nil where clients publish on their connections.
    package var posting: PostPlan?

    package init() {}

    /// Whether a stamp may stand anywhere in what comes in.
    var searchesStamp: Bool { template != nil || isWrapped || posting != nil }

    /// Nil for the defaults.
    var record: MessagePlanRecord? {
        guard searchesStamp || kind == .text || !subscriptions.isEmpty || confirmation != nil || !senderReceives else {
            return nil
        }
        return MessagePlanRecord(
            template: template.map { String(decoding: $0.text, as: UTF8.self) }, dataRows: data?.rowCount,
            frames: kind == .text ? "text" : "binary", wrapped: isWrapped,
            subscribe: subscriptions.map { String(decoding: $0.text, as: UTF8.self) },
            subscribed: confirmation.map { String(decoding: $0.bytes, as: UTF8.self) },
            senderReceives: senderReceives, publishURL: posting?.url.text,
            publishHeaderNames: posting?.headers.map(\.0) ?? [])
    }
}
