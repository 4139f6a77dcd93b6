/// Paragraphs of lines.
enum Document {
    /// With an empty line between them; those without lines are left out.
    static func text(_ paragraphs: [[String]]) -> String {
        paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }
}
