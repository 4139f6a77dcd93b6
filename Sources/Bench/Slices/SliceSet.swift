/// All slices of one load over one fresh set of processes: repeated measurement of one draw of start-up luck.
package struct SliceSet: Codable, Sendable {
    /// Counted from 0 over the comparison; the same for all loads that the same processes were measured under.
    package var set: Int
    package var load: SliceLoad
    package var slices: [SliceRecord]
    /// For each arm: publish to the last client's having it, over all its slices, as a base64 HdrHistogram V2.
    package var completionHistograms: [String]

    package init(set: Int, load: SliceLoad, slices: [SliceRecord], completionHistograms: [String]) {
        self.set = set
        self.load = load
        self.slices = slices
        self.completionHistograms = completionHistograms
    }

    /// The same as if nobody had waited for a core.
    var withoutWaits: SliceSet {
        var set = self
        for index in set.slices.indices {
            set.slices[index].serverWaitNanoseconds = 0
            set.slices[index].generatorWaitNanoseconds = 0
        }
        return set
    }
}
