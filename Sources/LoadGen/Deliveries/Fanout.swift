/// Who is expected to receive a message.
package enum Fanout: Sendable {
    /// All clients that have joined, the sender included: `broadcast`.
    case everyClient
    /// All clients that have joined but the sender, publisher and client having one same number: `broadcast` of servers
    /// that do not echo.
    case everyOtherClient
    /// The sender alone, publisher and client having one same number: `echo`.
    case senderOnly
}
