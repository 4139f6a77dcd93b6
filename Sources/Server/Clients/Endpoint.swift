/// What a WebSocket client asked for with its path.
enum Endpoint: Equatable {
    /// `/`: the message flow's protocol.
    case messages
    /// `/relay`: everything to everyone.
    case relay
    /// `/echo`: everything back to its sender.
    case echo

    var path: String {
        switch self {
        case .messages: "/"
        case .relay: "/relay"
        case .echo: "/echo"
        }
    }
}
