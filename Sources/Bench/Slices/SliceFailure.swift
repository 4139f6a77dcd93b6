/// An arm that could not be measured to the end.
package struct SliceFailure: Error, CustomStringConvertible {
    let arm: String
    let reason: String
    /// Where it has ended.
    let exitCode: Int32?

    package var description: String {
        "arm '\(arm)': \(reason)" + (exitCode.map { " (exit code \($0))" } ?? "")
    }
}
