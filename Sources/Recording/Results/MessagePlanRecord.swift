/// The part of a run's parameters that says what clients sent and how they subscribed; left out of the result where all
/// of it was as usual.
///
/// Templates stand here as they were given. Secrets belong in the data, whose values do not.
package struct MessagePlanRecord: Codable, Equatable, Sendable {
    /// Null for payloads of the generator's own.
    @ExplicitNull package var template: String?
    @ExplicitNull package var dataRows: Int?
    /// `text` or `binary`.
    package var frames: String
    package var wrapped: Bool
    package var subscribe: [String]
    @ExplicitNull package var subscribed: String?
    package var senderReceives: Bool
    /// Null where clients published on their connections.
    @ExplicitNull package var publishURL: String?
    /// The names alone: values may be secrets.
    package var publishHeaderNames: [String]

    package init(
        template: String?, dataRows: Int?, frames: String, wrapped: Bool, subscribe: [String], subscribed: String?,
        senderReceives: Bool, publishURL: String?, publishHeaderNames: [String]
    ) {
        self.template = template
        self.dataRows = dataRows
        self.frames = frames
        self.wrapped = wrapped
        self.subscribe = subscribe
        self.subscribed = subscribed
        self.senderReceives = senderReceives
        self.publishURL = publishURL
        self.publishHeaderNames = publishHeaderNames
    }
}
