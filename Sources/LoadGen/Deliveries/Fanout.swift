/// Who is expected to receive a message.
package enum Fanout: Sendable {
    /// All clients that have joined, the sender included: `broadcast`.
    case everyClient
    /// The sender alone, publisher and client having one same number: `echo`.
    case senderOnly
}
