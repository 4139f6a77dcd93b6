import WebSocketWire

/// An arm as given on the command line: `NAME=COMMAND`, or `NAME@/path=COMMAND` where it relays on a path of its own.
///
/// The first `=` ends the name and the path; one in a path is written `%3D`.
package struct ArmArgument: Equatable, Sendable {
    package let name: String
    /// Nil where it relays on the path that is common to all arms.
    package let path: String?
    package let command: CommandWords
    /// The command as it was given.
    package let commandText: String

    /// - Throws: `ArmArgumentError`, with a message of one line for the command line.
    package init(parsing text: String) throws(ArmArgumentError) {
        guard let equals = text.firstIndex(of: "=") else { throw .malformed(text) }
        let label = text[..<equals]
        let name = String(label.prefix { $0 != "@" })
        guard name.contains(where: { !$0.isWhitespace }), !name.unicodeScalars.contains(where: Self.isControl) else {
            throw .malformed(text)
        }
        self.name = name
        path = label.count == name.count ? nil : try Self.path(String(label.dropFirst(name.count + 1)), of: name)
        commandText = String(text[text.index(after: equals)...])
        do {
            command = try CommandWords(parsing: commandText, needsPort: true)
        } catch {
            throw .badCommand(error, arm: name)
        }
    }

    /// The arms of a comparison, in the order given: at least two, told apart by their names.
    package static func arms(parsing texts: [String]) throws(ArmArgumentError) -> [ArmArgument] {
        guard texts.count >= 2 else { throw .tooFew(texts.count) }
        var arms: [ArmArgument] = []
        for text in texts {
            let arm = try ArmArgument(parsing: text)
            guard !arms.contains(where: { $0.name == arm.name }) else { throw .nameTaken(arm.name) }
            arms.append(arm)
        }
        return arms
    }

    private static func path(_ path: String, of name: String) throws(ArmArgumentError) -> String {
        guard path.hasPrefix("/") else { throw .badPath("expected one that begins with /", arm: name) }
        do {
            return try WebSocketURL("ws://127.0.0.1:1" + path).path
        } catch {
            throw .badPath(error.details, arm: name)
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
}
