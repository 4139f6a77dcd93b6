/// What a flame graph was drawn from: samples, and the shares of whose code was running, 0...1.
package struct FlameGraphFigures: Codable, Equatable, Sendable {
    package var samples: Int
    package var kernelShare: Double
    package var swiftShare: Double
    package var cShare: Double

    init(_ stacks: FoldedStacks) {
        samples = stacks.sampleCount
        kernelShare = stacks.share(of: .kernel)
        swiftShare = stacks.share(of: .swift)
        cShare = stacks.share(of: .c)
    }
}
