/// The work was asked to end.
struct SuiteInterruption: Error, CustomStringConvertible {
    var description: String { "interrupted before anything was measured" }
}
