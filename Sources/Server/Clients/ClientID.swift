/// Names a client for its whole connection and never again: the loop it lives on, its slot there, and the slot's
/// generation.
package struct ClientID: Hashable, Sendable, CustomStringConvertible {
    package let loop: Int
    package let slot: Int
    package let generation: UInt32

    package var description: String {
        "c\(loop)-\(slot)-\(generation)"
    }
}
