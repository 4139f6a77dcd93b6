import Testing

@testable import FuzzTargets

@Suite("FuzzInput")
struct FuzzInputTests {
    private func input(_ bytes: [UInt8], settingsBytes: Int) -> FuzzInput {
        bytes.withUnsafeBytes { FuzzInput($0, settingsBytes: settingsBytes) }
    }

    @Test("settings stand in front of the content")
    func settings() {
        let input = input([7, 255, 1, 2, 3], settingsBytes: 2)
        #expect(input.setting(0) == 7)
        #expect(input.setting(1) == 255)
        #expect(input.setting(2) == 0)
        #expect(input.content == [1, 2, 3])
        #expect(input.singleBytes == [[1], [2], [3]])
    }

    @Test("what an input is too short for is 0 and empty")
    func short() {
        let input = input([7], settingsBytes: 4)
        #expect(input.setting(0) == 7)
        #expect(input.setting(3) == 0)
        #expect(input.content.isEmpty)
        #expect(input.pieces.isEmpty)
    }

    @Test("lengths are taken in turn, empty pieces among them")
    func pieces() {
        #expect(input([9, 2, 0, 1, 1, 2, 3, 4, 5], settingsBytes: 4).pieces == [[1, 2], [], [3], [4, 5]])
        #expect(input([9, 200, 0, 0, 1, 2, 3], settingsBytes: 4).pieces == [[1, 2, 3]])
        #expect(input([9, 0, 0, 0, 1, 2], settingsBytes: 4).pieces == [[1], [2]])
    }
}
