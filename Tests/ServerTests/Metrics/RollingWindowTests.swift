import Testing

@testable import Server

@Suite("RollingWindow")
struct RollingWindowTests {
    @Test("what was added counts for ten seconds, the present one included")
    func window() {
        let window = RollingWindow()
        window.add(count: 2, sum: 30, second: 100)
        window.add(count: 1, sum: 5, second: 100)
        #expect(window.total(atSecond: 100) == (3, 35))
        #expect(window.total(atSecond: 109) == (3, 35))
        #expect(window.total(atSecond: 110) == (0, 0))
    }

    @Test("seconds are added up, and old ones replaced")
    func sliding() {
        let window = RollingWindow()
        for second in UInt64(1000)..<1100 {
            window.add(count: second, sum: 1, second: second)
            let first = max(1000, second - 9)
            #expect(window.total(atSecond: second) == ((first...second).reduce(0, +), second - first + 1))
        }
    }

    @Test("a pause longer than all buckets leaves nothing behind")
    func pause() {
        let window = RollingWindow()
        window.add(count: 5, sum: 5, second: 20)
        window.add(count: 1, sum: 2, second: 20 + 16 * 3)
        #expect(window.total(atSecond: 20 + 16 * 3) == (1, 2))
    }

    @Test("a window that was never added to is empty", arguments: [0, 5, 100] as [UInt64])
    func empty(second: UInt64) {
        #expect(RollingWindow().total(atSecond: second) == (0, 0))
    }
}
