/// A command that builds a tree, run in its top folder.
package struct BuildCommand: Equatable, Sendable {
    /// As it was given: a tree that another text has built is built anew.
    package let text: String
    let words: [String]

    package init(parsing text: String) throws(CommandWordsError) {
        self.text = text
        // There is no port in it.
        words = try CommandWords(parsing: text, needsPort: false).words(port: 0)
    }
}
