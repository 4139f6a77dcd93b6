import Testing

@testable import Transport

@Suite("OutboundBuffer")
struct OutboundBufferTests {
    @Test("a new buffer is empty")
    func startsEmpty() {
        let buffer = OutboundBuffer()
        let (isEmpty, count, bytes) = (buffer.isEmpty, buffer.count, buffer.bytes.count)
        #expect(isEmpty)
        #expect(count == 0)
        #expect(bytes == 0)
    }

    @Test("appending nothing leaves it empty")
    func appendsNothing() {
        var buffer = OutboundBuffer()
        buffer.append([])
        buffer.append(count: 0) { _ in }
        let isEmpty = buffer.isEmpty
        #expect(isEmpty)
    }

    @Test("the memory stays where it is while the front is consumed")
    func consumingMovesNothing() {
        var buffer = OutboundBuffer()
        buffer.append([UInt8](0..<100))
        let before = buffer.bytes.baseAddress
        buffer.consume(40)
        let after = buffer.bytes.baseAddress
        #expect(after == before.map { $0 + 40 })
    }

    @Test("a buffer that was emptied takes bytes again", arguments: [1, 1_024, 1_025, 100_000])
    func isReusable(count: Int) {
        var buffer = OutboundBuffer()
        for round in 0..<3 as Range<UInt8> {
            buffer.append([UInt8](repeating: round, count: count))
            buffer.consume(count)
            let wasEmpty = buffer.isEmpty
            #expect(wasEmpty)
            buffer.append([round, 1])
            let content = Array(buffer.bytes)
            #expect(content == [round, 1])
            buffer.removeAll()
        }
    }

    @Test(
        "any mix of appending, filling, consuming and clearing matches an array",
        arguments: 1...20 as ClosedRange<UInt64>)
    func matchesArray(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var buffer = OutboundBuffer()
        var model: [UInt8] = []
        for _ in 0..<1_500 {
            switch generator.next() % 16 {
            case 0..<5:
                let bytes = Self.randomBytes(&generator)
                buffer.append(bytes)
                model += bytes
            case 5..<8:
                let bytes = Self.randomBytes(&generator)
                buffer.append(count: bytes.count) { place in
                    for (offset, byte) in bytes.enumerated() {
                        place.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
                    }
                }
                model += bytes
            case 8..<13:
                let count = Int.random(in: 0...model.count, using: &generator)
                buffer.consume(count)
                model.removeFirst(count)
            case 13, 14:
                buffer.consume(model.count)
                model = []
            default:
                buffer.removeAll()
                model = []
            }
            let (content, count, isEmpty) = (Array(buffer.bytes), buffer.count, buffer.isEmpty)
            #expect(content == model)
            #expect(count == model.count)
            #expect(isEmpty == model.isEmpty)
        }
    }

    private static func randomBytes(_ generator: inout SplitMix64) -> [UInt8] {
        let bound = [3, 200, 1_024, 5_000][Int(generator.next() % 4)]
        return (0..<Int.random(in: 0...bound, using: &generator)).map { _ in
            UInt8(truncatingIfNeeded: generator.next())
        }
    }
}
