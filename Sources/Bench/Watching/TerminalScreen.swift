import Recording
import Synchronization

/// Some lines of a terminal that are drawn over and over in place, below what stood there before.
///
/// The cursor is hidden meanwhile and shown again by `clear`, or at once and for good by `releaseCursor`, so that a
/// program that is killed afterwards leaves a terminal in order.
///
/// `@unchecked Sendable`: what changes is read and written under `lock`, held while the terminal takes the text.
final class TerminalScreen: @unchecked Sendable {
    private static let hideCursor = "\u{1b}[?25l"
    private static let showCursor = "\u{1b}[?25h"
    /// From the cursor to the end of the line, and to the end of the screen (ECMA-48 §8.3.41, §8.3.39).
    private static let eraseLine = "\u{1b}[K"
    private static let eraseBelow = "\u{1b}[J"

    private let lock = Mutex<Void>(())
    private let write: @Sendable (String) -> Void
    private var shownLines = 0
    private var isCursorHidden = false
    private var mayHideCursor = true

    init(write: @escaping @Sendable (String) -> Void = { Console.printError($0) }) { self.write = write }

    func draw(_ lines: [String]) {
        lock.withLock { _ in
            var text = start()
            if !isCursorHidden, mayHideCursor {
                text = Self.hideCursor + text
                isCursorHidden = true
            }
            for line in lines { text += line + Self.eraseLine + "\n" }
            shownLines = lines.count
            write(text + Self.eraseBelow)
        }
    }

    /// Takes the lines off the screen and leaves the cursor where they began.
    func clear() {
        lock.withLock { _ in
            var text = shownLines > 0 ? start() + Self.eraseBelow : ""
            shownLines = 0
            if isCursorHidden { text += Self.showCursor }
            isCursorHidden = false
            if !text.isEmpty { write(text) }
        }
    }

    /// Shows the cursor and does not hide it again. From any thread.
    func releaseCursor() {
        lock.withLock { _ in
            mayHideCursor = false
            guard isCursorHidden else { return }
            isCursorHidden = false
            write(Self.showCursor)
        }
    }

    /// To the first of the lines shown.
    private func start() -> String { shownLines > 0 ? "\r\u{1b}[\(shownLines)A" : "\r" }
}
