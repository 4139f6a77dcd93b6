import FoundationEssentials
import LoadGen
import Recording
import Server

/// What one delivery costs a server under one load, and where: schema `broadside.profile/1`.
///
/// Property names are the keys. A figure that could not be had is an explicit null, with the reason among `notes`.
package struct ProfileResult: Codable, Sendable {
    package static let schemaName = "broadside.profile/1"

    /// `ProfileResult.schemaName`.
    package var schema = Self.schemaName
    package var startedAt: String
    /// Stopped before its end: what is missing was not measured.
    package var interrupted: Bool
    package var url: String
    @ExplicitNull package var serverPid: Int32?
    /// Between the two readings of the measured part.
    package var durationNanoseconds: Int
    /// In that time: from the server's counters where it has them, else from the generator's.
    package var messages: Int
    package var deliveries: Int
    @ExplicitNull package var perMessage: ProfileCosts?
    @ExplicitNull package var perDelivery: ProfileCosts?
    /// Null where the server does not report what its loops do.
    @ExplicitNull package var batching: ProfileBatching?
    @ExplicitNull package var systemCalls: SystemCallCheck?
    /// How long a message takes from stage to stage, in nanoseconds.
    package var stages: [ProfileDistribution] = []
    /// Frames a round, and the queues at each round.
    package var queues: [ProfileDistribution] = []
    @ExplicitNull package var flameGraph: FlameGraphFigures?
    package var notes: [String] = []
    /// The differences of the loops' counters between the two readings, as they were read.
    package var loops: [LoopReport] = []
    /// What was recorded between, as base64 HdrHistogram V2.
    package var histograms: [String: String] = [:]
    /// The load behind the figures.
    package var load: RunResult

    init(startedAt: String, url: String, serverPid: Int32?, durationNanoseconds: Int, load: RunResult) {
        self.startedAt = startedAt
        self.url = url
        self.serverPid = serverPid
        self.durationNanoseconds = durationNanoseconds
        self.load = load
        interrupted = load.interrupted
        messages = load.messages.published
        deliveries = load.deliveries.received
    }

    package var toolExit: ToolExit { .mostSevere([load.toolExit, interrupted ? .failed : .pass]) }

    /// Indented, with sorted keys.
    package func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}
