/// A program of the system that did not do what it was started for, in one line.
struct ToolFailure: Error, CustomStringConvertible {
    let description: String
}
