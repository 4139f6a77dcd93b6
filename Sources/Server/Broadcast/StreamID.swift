/// Names a stream: the frames that some group of clients needs in full.
///
/// `/` has one stream for each set of channels (eight), `/relay` has one; where clients may have messages compressed,
/// these exist once more for each size of window. A client follows exactly one stream, so what it still needs is always
/// one range of one log.
package struct StreamID: Hashable, Sendable {
    /// Streams of one coding.
    package static let count = 9
    package static let relay = StreamID(index: 8)

    // One byte: each client holds two of these.
    private let number: UInt8

    package var index: Int { Int(number) }

    init(index: Int) { number = UInt8(index) }

    /// The stream of the clients of `/` with these subscriptions.
    package init(_ channels: ChannelSet) { self.init(index: Int(channels.rawValue)) }

    /// The stream of the same messages, coded in this way.
    func coded(_ coding: FrameCoding) -> StreamID {
        StreamID(index: index % Self.count + coding.index * Self.count)
    }

    var coding: FrameCoding { FrameCoding(index: index / Self.count) }

    /// How many streams a server has, over all codings.
    static func count(isCompressing: Bool) -> Int { isCompressing ? count * FrameCoding.count : count }
}
