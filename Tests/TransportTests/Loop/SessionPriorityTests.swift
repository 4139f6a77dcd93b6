import Testing

@testable import Transport

@Suite("SessionPriority")
struct SessionPriorityTests {
    @Test(
        "the nice value is the last word", arguments: [("/autogroup-68 nice 0\n", 0), ("/autogroup-1 nice -20", -20)])
    func parsed(text: String, niceness: Int) {
        #expect(SessionPriority.niceness(in: text) == niceness)
        #expect(SessionPriority.niceness(in: "") == nil)
        #expect(SessionPriority.niceness(in: "/autogroup-68 nice") == nil)
    }
}
