import Testing

@testable import Recording

@Suite("Array of bytes: big-endian numbers")
struct ArrayBigEndianTests {
    @Test("the most significant byte comes first")
    func append() {
        var bytes: [UInt8] = [9]
        bytes.append(bigEndian: UInt32(0x0102_0304))
        #expect(bytes == [9, 1, 2, 3, 4])
        #expect(bytes.bigEndian(UInt32.self, at: 1) == 0x0102_0304)
    }

    @Test("a number that does not fit is none", arguments: [(2, true), (3, false), (6, false)])
    func read(offset: Int, fits: Bool) {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6]
        #expect((bytes.bigEndian(UInt32.self, at: offset) != nil) == fits)
    }
}
