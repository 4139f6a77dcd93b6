/// What a client of `/` can subscribe to; each has a bit of its own in a `ChannelSet`.
package enum Channel: String, CaseIterable, Sendable {
    case gesture
    case aiResponse = "ai_response"
    case system
}
