/// A text that is no duration; wrong usage, told in one line.
package struct DurationArgumentError: Error, Equatable, CustomStringConvertible {
    package let text: String

    package init(text: String) {
        self.text = text
    }

    package var description: String {
        "\"\(text)\" is no duration: expected a number with a unit (ns, us, ms, s or m), as in 250ms or 10s"
    }
}
