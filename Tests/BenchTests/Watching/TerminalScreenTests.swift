import Synchronization
import Testing

@testable import Bench

@Suite("TerminalScreen")
struct TerminalScreenTests {
    /// What was written to the terminal.
    private final class Written: Sendable {
        private let text = Mutex("")

        func append(_ more: String) { text.withLock { $0 += more } }

        /// What was written since the last call.
        func take() -> String {
            text.withLock { text in
                defer { text = "" }
                return text
            }
        }
    }

    @Test("lines are drawn in place of the former ones, and what is left of those goes")
    func draw() {
        let written = Written()
        let screen = TerminalScreen { written.append($0) }
        screen.draw(["one", "two"])
        #expect(written.take() == "\u{1b}[?25l\rone\u{1b}[K\ntwo\u{1b}[K\n\u{1b}[J")
        screen.draw(["three"])
        #expect(written.take() == "\r\u{1b}[2Athree\u{1b}[K\n\u{1b}[J")
        screen.clear()
        #expect(written.take() == "\r\u{1b}[1A\u{1b}[J\u{1b}[?25h")
        screen.clear()
        #expect(written.take() == "")
        screen.draw(["four"])
        #expect(written.take() == "\u{1b}[?25l\rfour\u{1b}[K\n\u{1b}[J")
    }

    @Test("once released the cursor is shown, and not hidden again")
    func release() {
        let written = Written()
        let screen = TerminalScreen { written.append($0) }
        screen.draw(["one"])
        _ = written.take()
        screen.releaseCursor()
        #expect(written.take() == "\u{1b}[?25h")
        screen.releaseCursor()
        screen.draw(["two"])
        #expect(written.take() == "\r\u{1b}[1Atwo\u{1b}[K\n\u{1b}[J")
        screen.clear()
        #expect(written.take() == "\r\u{1b}[1A\u{1b}[J")
    }

    @Test("released before anything was drawn, it says nothing")
    func releaseFirst() {
        let written = Written()
        let screen = TerminalScreen { written.append($0) }
        screen.releaseCursor()
        screen.clear()
        #expect(written.take() == "")
    }
}
