/// A text that is no wave of a storm; wrong usage, told in one line.
package struct StormWaveError: Error, Equatable, CustomStringConvertible {
    package let text: String

    package init(text: String) { self.text = text }

    package var description: String {
        "expected AT:SHARE with a time and a percentage above 0 and up to 100, as in 5s:50%, found '\(text)'"
    }
}
