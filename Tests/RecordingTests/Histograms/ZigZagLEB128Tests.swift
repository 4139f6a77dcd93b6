import Testing

@testable import Recording

@Suite("ZigZagLEB128")
struct ZigZagLEB128Tests {
    @Test(
        "numbers take the bytes of HdrHistogram's format",
        arguments: [
            (0, [0]), (-1, [1]), (1, [2]), (-2, [3]), (63, [126]), (-64, [127]), (64, [0x80, 0x01]),
            (300, [0xd8, 0x04]),
            (.max, [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            (.min, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        ] as [(Int64, [UInt8])])
    func bothWays(number: Int64, expected: [UInt8]) {
        var bytes: [UInt8] = []
        ZigZagLEB128.append(number, to: &bytes)
        #expect(bytes == expected)
        var rest = bytes[...]
        #expect(ZigZagLEB128.read(from: &rest) == number)
        #expect(rest.isEmpty)
    }

    @Test("every width reads back", arguments: 0..<63)
    func widths(shift: Int) {
        for number in [1 << shift, -1 << shift, (1 << shift) - 1] as [Int64] {
            var bytes: [UInt8] = []
            ZigZagLEB128.append(number, to: &bytes)
            var rest = bytes[...]
            #expect(ZigZagLEB128.read(from: &rest) == number)
        }
    }

    @Test("a number that ends early is none", arguments: [[], [0x80], [0xff, 0xff]] as [[UInt8]])
    func cut(bytes: [UInt8]) {
        var rest = bytes[...]
        #expect(ZigZagLEB128.read(from: &rest) == nil)
    }
}
