/// Names a stream: the frames that some group of clients needs in full.
///
/// `/` has one stream for each set of channels (eight), `/relay` has one. A client follows exactly one stream, so what
/// it still needs is always one range of one log.
package struct StreamID: Hashable, Sendable {
    package static let count = 9
    package static let relay = StreamID(index: 8)

    package let index: Int

    private init(index: Int) { self.index = index }

    /// The stream of the clients of `/` with these subscriptions.
    package init(_ channels: ChannelSet) { index = Int(channels.rawValue) }
}
