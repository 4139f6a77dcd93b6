import Recording
import Testing

@testable import Transport

@Suite("SessionPriority", .serialized)
struct SessionPriorityTests {
    private static let file = "/proc/self/autogroup"

    @Test(
        "the nice value is the last word", arguments: [("/autogroup-68 nice 0\n", 0), ("/autogroup-1 nice -20", -20)])
    func parsed(text: String, niceness: Int) {
        #expect(SessionPriority.niceness(in: text) == niceness)
        #expect(SessionPriority.niceness(in: "") == nil)
        #expect(SessionPriority.niceness(in: "/autogroup-68 nice") == nil)
    }

    @Test("raised and put back, the session has what it had", .enabled(if: ProcFile.text(Self.file) != nil))
    func restored() throws {
        let before = try #require(ProcFile.text(Self.file).flatMap(SessionPriority.niceness(in:)))
        if SessionPriority.raise(to: -5) {
            #expect(ProcFile.text(Self.file).flatMap(SessionPriority.niceness(in:)) == -5)
        }
        SessionPriority.restore()
        #expect(ProcFile.text(Self.file).flatMap(SessionPriority.niceness(in:)) == before)
        // Nothing more to put back.
        SessionPriority.restore()
    }
}
