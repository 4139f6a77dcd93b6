/// What became of a message that arrived at a client.
package enum Receipt: Equatable, Sendable {
    /// A first copy, in time; `reordered` if a later message of the publisher came before it.
    case delivered(Delivery, reordered: Bool)
    /// The client has it already.
    case duplicate
    /// Not expected at this client: published before it joined, or arrived when it was not joined.
    case early
    /// A first copy of a message that had been given up: it stays lost.
    case expired
    /// Never published, or not meant for this client at all. In no count yet: see
    /// `DeliveryBook.countUnknown`.
    case unknown
}
