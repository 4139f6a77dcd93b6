import Recording
import Transport

/// One arm's clients, and the load on them a slice at a time.
///
/// Connected once and then loaded when told; in between nothing happens, so several generators share a thread and
/// their arms get the very same load in turn. Every delivery is accounted for as in any run. Everything on one thread.
package final class SliceGenerator {
    private let loop: LoadLoop
    private let plan: LoadPlan
    /// As they were at the end of the last slice: what goes wrong between two slices counts in the next one.
    private var last = Totals()

    private struct Totals {
        var received: UInt64 = 0
        var faults: UInt64 = 0
    }

    /// - Parameter plan: its durations mean nothing here; `graceNanoseconds` is how long a slice waits for what is missing.
    /// - Throws: `AddressError`, `SystemError`, `UringUnavailable`.
    package init(_ plan: LoadPlan) throws {
        var plan = plan
        plan.reconnects = false
        self.plan = plan
        loop = try LoadLoop(plan, address: SocketAddress.resolve(host: plan.url.host, port: plan.url.port))
    }

    package var io: IOChoice { loop.loop.io }
    package var readBytes: Int { loop.loop.readBytes }

    /// Publish to the last client's having it, over all slices since `startCounting`.
    package var completion: LatencyHistogram { loop.recorder.completion }

    /// Connects all clients.
    ///
    /// - Throws: `LoadFailure` where one of them could not be.
    package func connect() throws(LoadFailure) {
        loop.connectForSlices()
        guard loop.connectedCount == plan.clients else {
            let reason = loop.errors.max { $0.value < $1.value }?.key ?? "unknown"
            throw .notAllConnected(connected: loop.connectedCount, requested: plan.clients, reason: reason)
        }
        // What goes wrong while an arm warms up went wrong too.
        loop.book.startCounting()
    }

    /// Between two slices: the load of those that follow.
    package func change(arrival: LoadPlan.Arrival, messageBytes: Int) {
        loop.change(arrival: arrival, messageBytes: messageBytes)
    }

    /// From now on slices leave their completions in the histogram, which begins anew; those before were for warming up.
    package func startCounting() {
        loop.recorder.completion.reset()
    }

    /// Loads for a while and waits for everything outstanding.
    package func runSlice(durationNanoseconds: UInt64) -> SliceFigures {
        let before = last
        let publishedBefore = loop.publishedCount
        let cpuBefore = ThreadClock.cpuNanoseconds()
        let readsBefore = loop.loop.counters.receives
        loop.runSlice(durationNanoseconds: durationNanoseconds)
        last = totals
        return SliceFigures(
            messages: Int(loop.publishedCount - publishedBefore), deliveries: Int(last.received - before.received),
            faults: Int(last.faults - before.faults) + plan.clients - loop.connectedCount,
            elapsedNanoseconds: loop.recorder.lastDeliveryNanoseconds &- loop.measureStart,
            generatorCPUNanoseconds: ThreadClock.cpuNanoseconds() &- cpuBefore,
            reads: loop.loop.counters.receives - readsBefore)
    }

    /// Answers what has come meanwhile, such as pings.
    package func attend() { loop.loop.attend() }

    /// Closes all clients.
    package func close() { loop.endSlices() }

    private var totals: Totals {
        let account = loop.book.account
        let faults =
            account.lost + account.duplicated + account.reordered + account.corrupted + account.unknown
            + account.expired + UInt64(loop.disconnectedCount)
        return Totals(received: account.received, faults: faults)
    }
}
