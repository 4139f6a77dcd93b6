/// A promise that the code under test did not keep, found for one input. A trap is the other kind of finding, and tells
/// itself.
public struct FuzzFinding: Error, Equatable, CustomStringConvertible {
    /// What was expected and what was found, in a sentence.
    public let description: String

    init(_ description: String) { self.description = description }
}
