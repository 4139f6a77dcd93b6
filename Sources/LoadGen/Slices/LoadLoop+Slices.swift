import Recording

/// Load in slices: the clients are connected once, loaded when told, and silent in between.
///
/// The loop runs while they connect and during a slice, and stands still otherwise: several of them take turns on one
/// thread.
extension LoadLoop {
    /// Connects the clients; returns when each has been or has failed to.
    func connectForSlices() {
        isSliced = true
        run()
    }

    /// Loads the server for a while, then waits for what is outstanding.
    func runSlice(durationNanoseconds: UInt64) {
        stage = .measuring
        measureStart = nowNanoseconds
        measureEnd = measureStart + durationNanoseconds
        pacer = nil
        if case .open(let ratePerSecond) = plan.arrival {
            // Each slice has the schedule from its beginning, so all have the same messages at the same distances.
            pacer = ConstantPacer(ratePerSecond: ratePerSecond)
            warmupStart = measureStart
            scheduledCount = 0
        }
        pump(measureStart)
        sendDirty()
        loop.run()
    }

    /// Whether the slice goes on, is over, or is to be given up.
    func advanceSlice(_ now: UInt64) {
        // Where the schedule has nothing more for this slice, its end need not be waited for.
        let isSent = pacer == nil ? now >= measureEnd : nextIntendedNanoseconds >= measureEnd
        if stage == .measuring, isSent { beginGrace(now) }
        guard stage == .grace, book.outstandingCount == 0 || now >= stageDeadline else { return }
        book.finish()
        stage = .resting
        loop.stop()
    }

    /// Closes the clients in order and returns when that is done.
    func endSlices() {
        guard connectedCount > 0 else { return }
        beginClosing(nowNanoseconds)
        sendDirty()
        loop.run()
    }
}
