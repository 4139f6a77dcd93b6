/// Text within Markdown.
enum MarkdownText {
    /// Text from elsewhere, such as a command, within a line: it ends no line and is no HTML.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\n", with: " ")
            .replacing("\r", with: " ")
    }
}
