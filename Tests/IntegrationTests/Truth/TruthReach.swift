/// Whom a `TruthServer` delivers a message to.
enum TruthReach: Sendable {
    case everybody
    case everybodyButTheSender
    case theSender

    func includes(_ receiver: Int, sender: Int) -> Bool {
        switch self {
        case .everybody: true
        case .everybodyButTheSender: receiver != sender
        case .theSender: receiver == sender
        }
    }
}
