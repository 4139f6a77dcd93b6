/// A short command that did not do what it was run for.
struct CommandFailure: Error, CustomStringConvertible {
    let words: [String]
    /// Nil where it was not even started.
    let exitCode: Int32?
    /// Its own words, in one line; empty where it gave none.
    let reason: String

    var description: String {
        let command = words.joined(separator: " ").debugDescription
        guard let exitCode else { return "cannot start \(command): \(reason)" }
        if exitCode == 127, reason.isEmpty { return "\(command) ended with 127: is \(words.first ?? "it") installed?" }
        return "\(command) ended with \(exitCode)" + (reason.isEmpty ? "" : ": \(reason)")
    }
}
