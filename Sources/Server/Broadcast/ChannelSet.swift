/// A client's subscriptions.
package struct ChannelSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package init(_ channel: Channel) {
        switch channel {
        case .gesture: self = .gesture
        case .aiResponse: self = .aiResponse
        case .system: self = .system
        }
    }

    package static let gesture = ChannelSet(rawValue: 1)
    package static let aiResponse = ChannelSet(rawValue: 2)
    package static let system = ChannelSet(rawValue: 4)

    /// What every client of `/` begins with.
    package static let initial: ChannelSet = [.gesture, .aiResponse]

    /// In the specification's order.
    package var channels: [Channel] { Channel.allCases.filter { contains(ChannelSet($0)) } }
}
