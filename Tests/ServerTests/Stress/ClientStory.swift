/// What one client lived through, in the order in which it saw it.
struct ClientStory: Sendable {
    enum Event: Sendable {
        /// From here on it hears of these topics: asked for after the first tick, answered before the second.
        case hears(Set<Topic>, askedAt: Int, answeredAt: Int)
        case message(Int)
        /// It stopped listening, having heard everything that was accepted before this tick.
        case left(at: Int)
        /// It stopped listening with more on its way.
        case vanished
        /// It listened until the server had ended.
        case heardAll
    }

    let name: String
    var events: [Event] = []

    /// What it was sent.
    var messages: [Int] {
        events.compactMap { if case .message(let number) = $0 { number } else { nil } }
    }
}
