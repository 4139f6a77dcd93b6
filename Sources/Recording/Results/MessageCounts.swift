/// Messages published in the measured part of a run.
package struct MessageCounts: Codable, Equatable, Sendable {
    package var published: Int
    /// What the rate asked for; in a closed loop the same as `published`.
    package var intended: Int

    package init(published: Int, intended: Int) {
        self.published = published
        self.intended = intended
    }
}
