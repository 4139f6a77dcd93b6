import Testing

@testable import Server

@Suite("FrameCoding")
struct FrameCodingTests {
    @Test("plain is 0, and the windows of 9 to 15 bits follow in order")
    func numbers() {
        #expect(FrameCoding.plain.index == 0)
        #expect(FrameCoding.plain.windowBits == nil)
        let windows = (9...15).map { FrameCoding(windowBits: $0) }
        #expect(windows.map(\.index) == Array(1...7))
        #expect(windows.map(\.windowBits) == (9...15).map { Int?.some($0) })
        #expect(Set(windows + [.plain]).count == FrameCoding.count)
    }
}
