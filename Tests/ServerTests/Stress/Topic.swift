/// What the stress test's clients hear of: messages of one topic have one order for all of them.
enum Topic: Int, CaseIterable, Sendable {
    case relay, gesture, aiResponse

    /// The name of the channel on `/`.
    var channel: String? {
        switch self {
        case .relay: nil
        case .gesture: "gesture"
        case .aiResponse: "ai_response"
        }
    }
}
