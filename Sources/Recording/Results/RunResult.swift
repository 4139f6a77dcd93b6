/// The result of one load run, as it stands in the JSON file (schema `broadside.run/1`).
///
/// Property names are the keys, which scripts rely on: add to them, never rename one. Durations are integers
/// in nanoseconds. A figure that does not exist is an explicit null, so that readers can tell it from a key
/// that this version does not know.
package struct RunResult: Codable, Equatable, Sendable {
    package static let schemaName = "broadside.run/1"

    /// `RunResult.schemaName`.
    package var schema: String
    /// ISO 8601 in UTC.
    package var startedAt: String
    /// Of the measured part.
    package var durationNanoseconds: Int
    /// The run was stopped before its end.
    package var interrupted: Bool
    package var clients: ClientCounts
    package var messages: MessageCounts
    package var deliveries: DeliveryCounts
    package var rates: RateFigures
    /// From the intended send time to each delivery.
    package var latency: LatencySummary
    /// From the actual send to each delivery.
    package var serviceLatency: LatencySummary
    /// From the publication until the last client has the message.
    package var completion: LatencySummary
    /// From the first client's delivery of a message to the last one's.
    package var spread: LatencySummary
    /// From connect to the upgraded connection.
    package var handshake: LatencySummary
    /// From the end of a connection that the client had not closed itself until it is open again; null in results from
    /// before that was measured.
    @ExplicitNull package var reconnect: LatencySummary?
    package var generator: GeneratorFigures
    /// Null when the server is not a local process.
    @ExplicitNull package var server: ServerFigures?
    package var machine: MachineDescription
    /// The histograms of the latencies under their names (`LatencyHistogram.encodedV2()`).
    package var histograms: [String: String]
    package var plan: RunPlanRecord
    package var thresholds: [ThresholdOutcome]
    /// Number of errors by kind.
    package var errors: [String: Int]
    package var intervals: [IntervalRecord]

    package init(
        schema: String = Self.schemaName, startedAt: String, durationNanoseconds: Int, interrupted: Bool,
        clients: ClientCounts, messages: MessageCounts, deliveries: DeliveryCounts, rates: RateFigures,
        latency: LatencySummary, serviceLatency: LatencySummary, completion: LatencySummary,
        spread: LatencySummary, handshake: LatencySummary, reconnect: LatencySummary? = nil,
        generator: GeneratorFigures,
        server: ServerFigures?,
        machine: MachineDescription, histograms: [String: String], plan: RunPlanRecord,
        thresholds: [ThresholdOutcome], errors: [String: Int], intervals: [IntervalRecord]
    ) {
        self.schema = schema
        self.startedAt = startedAt
        self.durationNanoseconds = durationNanoseconds
        self.interrupted = interrupted
        self.clients = clients
        self.messages = messages
        self.deliveries = deliveries
        self.rates = rates
        self.latency = latency
        self.serviceLatency = serviceLatency
        self.completion = completion
        self.spread = spread
        self.handshake = handshake
        self.reconnect = reconnect
        self.generator = generator
        self.server = server
        self.machine = machine
        self.histograms = histograms
        self.plan = plan
        self.thresholds = thresholds
        self.errors = errors
        self.intervals = intervals
    }
}
