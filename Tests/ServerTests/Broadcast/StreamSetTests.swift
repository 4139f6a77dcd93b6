import Testing

@testable import Server

@Suite("StreamSet")
struct StreamSetTests {
    @Test(
        "a channel's messages go to exactly the streams of the sets that contain it",
        arguments: Channel.allCases)
    func subscribed(channel: Channel) {
        let streams = StreamSet.subscribed(to: channel)
        for bits in UInt8(0)..<8 {
            let channels = ChannelSet(rawValue: bits)
            #expect(streams.contains(StreamID(channels)) == channels.contains(ChannelSet(channel)))
        }
        #expect(!streams.contains(.relay))
    }

    @Test("what every client of / gets does not go to /relay, and the reverse")
    func everySubscription() {
        for bits in UInt8(0)..<8 {
            #expect(StreamSet.everySubscription.contains(StreamID(ChannelSet(rawValue: bits))))
            #expect(!StreamSet.relay.contains(StreamID(ChannelSet(rawValue: bits))))
        }
        #expect(StreamSet.relay.contains(.relay))
        #expect(!StreamSet.everySubscription.contains(.relay))
    }

    @Test("each set of channels and /relay have streams of their own, numbered from 0")
    func identities() {
        let all = (UInt8(0)..<8).map { StreamID(ChannelSet(rawValue: $0)).index } + [StreamID.relay.index]
        #expect(all == Array(0..<StreamID.count))
    }
}
