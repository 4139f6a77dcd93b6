import Recording

/// How one loop's turns went: how long a message takes from stage to stage, and how much a round carries.
///
/// Always on. A round costs additions and four increments of histograms; a turn that accepted messages is timed when
/// the last timed one began 100 µs before or earlier, which are at most 10,000 times three readings of the clock a
/// second. So turns that are themselves longer than that are all timed, of shorter ones those that
/// follow a pause or a long one are somewhat more likely to be. Loop's thread only.
final class TurnProfile {
    private static let timingIntervalNanoseconds: Int64 = 100_000

    /// Turns with something new in the streams that this loop's clients follow.
    private(set) var rounds: UInt64 = 0
    /// New frames in them, and the same times the clients that were level with the stream.
    private(set) var roundFrames: UInt64 = 0
    private(set) var roundDeliveries: UInt64 = 0
    /// How many frames of each stream have been part of a round.
    var countedFrames: [UInt64]

    // Of what this loop has itself accepted, in nanoseconds.
    private let parsing = LatencyHistogram()
    private let sequencing = LatencyHistogram()
    private let queueing = LatencyHistogram()
    private let sending = LatencyHistogram()
    private let total = LatencyHistogram()
    // At each round.
    private let framesPerRound = LatencyHistogram()
    private let waitingClients = LatencyHistogram()
    private let stalledClients = LatencyHistogram()
    private let slowestBacklogBytes = LatencyHistogram()

    private var timedAt = MonotonicInstant(nanoseconds: 0)
    /// When the last stage of this turn ended; nil in turns that are not timed.
    private var mark: MonotonicInstant?

    init(streamCount: Int = StreamID.count) { countedFrames = [UInt64](repeating: 0, count: streamCount) }

    func round(
        frames: UInt64, deliveries: UInt64, waitingClients waiting: Int, stalledClients stalled: Int,
        slowestBacklogBytes backlog: UInt64
    ) {
        rounds += 1
        roundFrames += frames
        roundDeliveries += deliveries
        framesPerRound.record(frames)
        waitingClients.record(UInt64(waiting))
        stalledClients.record(UInt64(stalled))
        slowestBacklogBytes.record(backlog)
    }

    /// Everything that this turn took in is parsed and serialized, and goes to the sequencer.
    func submitting(receivedAt: MonotonicInstant) {
        guard receivedAt - timedAt >= Self.timingIntervalNanoseconds else { return }
        timedAt = receivedAt
        mark = receivedAt
        endStage(parsing)
    }

    /// The sequencer has appended it, or has left it to another loop.
    func submitted() { endStage(sequencing) }

    /// The sends are queued; with epoll they are also made.
    func queued() {
        endStage(queueing)
        mark = nil
    }

    /// The sends of a sampled turn were handed to the kernel by themselves.
    func sent(accepted: MonotonicInstant, queued: MonotonicInstant, settled: MonotonicInstant) {
        sending.record(UInt64(max(0, settled - queued)))
        total.record(UInt64(max(0, settled - accepted)))
    }

    private func endStage(_ stage: LatencyHistogram) {
        guard let began = mark else { return }
        let now = MonotonicInstant.now()
        stage.record(UInt64(max(0, now - began)))
        mark = now
    }

    /// By name, as `LatencyHistogram.encodedV2()`.
    func encodedHistograms() -> [String: String] {
        let all: KeyValuePairs = [
            "parsingNanoseconds": parsing, "sequencingNanoseconds": sequencing, "queueingNanoseconds": queueing,
            "sendingNanoseconds": sending, "totalNanoseconds": total, "framesPerRound": framesPerRound,
            "waitingClients": waitingClients, "stalledClients": stalledClients,
            "slowestBacklogBytes": slowestBacklogBytes,
        ]
        return all.reduce(into: [:]) { $0[$1.key] = $1.value.encodedV2() }
    }
}
