import Recording

/// A flame graph as a picture, and the stacks that it was drawn from for other tools.
package struct FlameGraphFiles {
    package let svg: String
    package let foldedStacks: String

    init(_ stacks: FoldedStacks, of result: ProfileResult) {
        foldedStacks = stacks.text()
        let plan = result.load.plan
        let pace = plan.inFlight.map { "\($0) in flight" } ?? plan.ratePerSecond.map { HumanFormat.rate($0) } ?? ""
        svg = FlameGraphSVG(
            graph: FlameGraph(stacks), title: "Where the server's time goes",
            subtitle: "\(result.url), \(plan.clients) clients, \(pace), \(HumanFormat.bytes(plan.messageBytes)), "
                + "\(HumanFormat.count(stacks.sampleCount)) samples, \(result.startedAt)"
        ).render()
    }
}
