/// Text within Markdown.
enum MarkdownText {
    /// One line that means nothing but itself: neither HTML, nor code, emphasis or a link. A table escapes its bars.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in PlainText.oneLine(text) {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "[", "]": result += "\\\(character)"
            default: result.append(character)
            }
        }
        return result
    }
}
