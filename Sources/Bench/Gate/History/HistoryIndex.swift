import Glibc

/// A level that is known only by its changes: each link is a commit's log-ratio to the commit it was compared with.
///
/// A link starts from its baseline where that is known: a commit before it, or what an earlier one was compared with
/// too. A baseline that is not known is taken to be level with the link before. The first link's baseline is at 0,
/// which is an index of 100.
///
/// Errors add up: each link is measured by itself, so the variance of a commit's level is the sum of those on its way
/// back to the first baseline, and an index over many commits drifts by chance like a random walk. Two commits that
/// lie next to each other differ by one link only, which is why `difference` counts each link as often as it makes a
/// difference.
struct HistoryIndex {
    private struct Link {
        let parent: Int?
        let standardError: Double?
    }

    private var links: [Link] = []
    /// Which link a commit is; nil for the first baseline.
    private var places: [String: Int?] = [:]
    /// The level of each link.
    private(set) var logs: [Double] = []
    /// Of each level; nil where the error of a link on its way is not known.
    private(set) var standardErrors: [Double?] = []

    /// The level that the next link with this baseline starts from.
    func origin(of baseline: String?) -> Double { parent(of: baseline).map { logs[$0] } ?? 0 }

    mutating func append(commit: String, baseline: String?, logRatio: Double, standardError: Double?) {
        let parent = parent(of: baseline)
        if let baseline, places[baseline] == nil { places.updateValue(parent, forKey: baseline) }
        let before = parent.map { standardErrors[$0] } ?? 0
        links.append(Link(parent: parent, standardError: standardError))
        logs.append((parent.map { logs[$0] } ?? 0) + logRatio)
        standardErrors.append(before.flatMap { before in standardError.map { hypot(before, $0) } })
        places.updateValue(links.count - 1, forKey: commit)
    }

    /// The mean level of some commits over that of some others, and how far chance puts it off; an unknown error is
    /// infinite.
    func difference(of later: Range<Int>, over earlier: Range<Int>) -> (mean: Double, standardError: Double) {
        var weights = [Double](repeating: 0, count: links.count)
        var mean = 0.0
        for (range, sign) in [(later, 1.0), (earlier, -1.0)] {
            let weight = sign / Double(range.count)
            for place in range {
                mean += weight * logs[place]
                var link: Int? = place
                while let current = link {
                    weights[current] += weight
                    link = links[current].parent
                }
            }
        }
        let variance = zip(weights, links).reduce(0) { sum, pair in
            // What cancels out but for rounding makes no difference.
            abs(pair.0) < 1e-9 ? sum : sum + pair.0 * pair.0 * pow(pair.1.standardError ?? .infinity, 2)
        }
        return (mean, sqrt(variance))
    }

    private func parent(of baseline: String?) -> Int? {
        if let baseline, let known = places[baseline] { return known }
        return links.indices.last
    }
}
