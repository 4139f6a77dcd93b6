/// The streams that carry a message, of whatever coding, one bit each.
package struct StreamSet: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let relay = StreamSet(rawValue: 1 << UInt16(StreamID.relay.index))

    /// Every client of `/`, whatever it subscribed to.
    package static let everySubscription = StreamSet(rawValue: 0xff)

    /// The clients of `/` that subscribed to `channel`.
    package static func subscribed(to channel: Channel) -> StreamSet {
        let wanted = ChannelSet(channel).rawValue
        var bits: UInt16 = 0
        for channels in 0..<UInt8(8) where channels & wanted != 0 { bits |= 1 << UInt16(channels) }
        return StreamSet(rawValue: bits)
    }

    func contains(_ stream: StreamID) -> Bool { contains(index: stream.index % StreamID.count) }

    func contains(index: Int) -> Bool { rawValue & (1 << UInt16(index)) != 0 }
}
