import Recording

/// What the fan-out says about itself.
extension FanOut {
    /// What a new picture of the streams brings to this loop's clients: called once a turn, before it is sent.
    func recordRound() {
        var frames: UInt64 = 0
        var deliveries: UInt64 = 0
        for stream in 0..<streamCount {
            let fresh = picture.ends[stream].frameCount - profile.countedFrames[stream]
            guard fresh > 0 else { continue }
            profile.countedFrames[stream] = picture.ends[stream].frameCount
            guard groups[stream].followerCount > 0 else { continue }
            frames += fresh
            deliveries += fresh * UInt64(groups[stream].level.count + groups[stream].encrypted.count)
        }
        guard frames > 0 else { return }
        profile.round(
            frames: frames, deliveries: deliveries, waitingClients: dirty.count, stalledClients: stalled.count,
            slowestBacklogBytes: slowestBacklogBytes)
    }

    func fill(_ report: inout LoopReport) {
        report.rounds = profile.rounds
        report.roundFrames = profile.roundFrames
        report.roundDeliveries = profile.roundDeliveries
        report.waitingClients = dirty.count
        report.stalledClients = stalled.count
        report.stagedBatches = staging.submittedCount
        report.slowestBacklogBytes = stalled.isEmpty ? 0 : slowestBacklogBytes
    }
}
