import Testing

@testable import Server

@Suite("StreamID")
struct StreamIDTests {
    private static let plain = (UInt8(0)..<8).map { StreamID(ChannelSet(rawValue: $0)) } + [StreamID.relay]

    @Test("each stream has one of its own for each coding, and all numbers are used")
    func coded() {
        var numbers: [Int] = []
        for coding in 0..<FrameCoding.count {
            for stream in Self.plain { numbers.append(stream.coded(FrameCoding(index: coding)).index) }
        }
        #expect(numbers == Array(0..<StreamID.count(isCompressing: true)))
        #expect(StreamID.count(isCompressing: true) == 72)
        #expect(StreamID.count(isCompressing: false) == StreamID.count)
    }

    @Test("a stream tells its coding, and can be coded anew", arguments: 0..<FrameCoding.count)
    func recoded(index: Int) {
        let coding = FrameCoding(index: index)
        for stream in Self.plain {
            let coded = stream.coded(coding)
            #expect(stream.coding == .plain)
            #expect(coded.coding == coding)
            #expect(coded.coded(.plain) == stream)
            #expect(coded.coded(FrameCoding(windowBits: 12)) == stream.coded(FrameCoding(windowBits: 12)))
        }
    }

    @Test("what carries a message does not depend on the coding", arguments: 0..<FrameCoding.count)
    func carried(index: Int) {
        for stream in Self.plain {
            for channel in Channel.allCases {
                let streams = StreamSet.subscribed(to: channel)
                #expect(streams.contains(stream.coded(FrameCoding(index: index))) == streams.contains(stream))
            }
        }
        #expect(StreamSet.relay.contains(StreamID.relay.coded(FrameCoding(index: index))))
    }
}
