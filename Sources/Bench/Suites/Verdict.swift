/// What a measured figure says about its target.
package enum Verdict: String, Codable, Sendable {
    case met
    case notMet = "not met"
    /// The measurement says nothing about the server.
    case invalid
    /// Shown, not judged.
    case shown
}
