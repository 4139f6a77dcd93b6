/// Text for a terminal or a line of a document.
enum PlainText {
    /// Without line ends and other control characters, each of which becomes a space.
    static func oneLine(_ text: some StringProtocol) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
