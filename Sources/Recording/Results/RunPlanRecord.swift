/// All parameters of a run, so that it can be repeated and two results be told apart.
package struct RunPlanRecord: Codable, Equatable, Sendable {
    package var url: String
    /// `broadcast`, `echo`, `idle` or `reflect`.
    package var mode: String
    package var clients: Int
    package var publishers: Int
    /// Messages a second over all publishers (open loop).
    @ExplicitNull package var ratePerSecond: Double?
    /// `poisson` where messages come at random; nil where they come at equal distances, or in a closed loop.
    package var arrival: String?
    /// The stages as given, where the rate changes; nil where it does not.
    package var stages: [String]?
    /// As given: how long a slot of the closed loop waits before its next message; nil for not at all.
    package var thinkTime: String?
    /// Clients that differ from the others; nil where all are alike.
    package var groups: [ClientGroupRecord]?
    /// Messages outstanding in total (closed loop).
    @ExplicitNull package var inFlight: Int?
    package var durationNanoseconds: Int
    package var warmupNanoseconds: Int
    package var messageBytes: Int
    /// New connections a second; null for as fast as it goes.
    @ExplicitNull package var connectRatePerSecond: Double?
    package var threads: Int
    package var io: String
    /// Whether compression was offered (permessage-deflate); nil in results from before it could be.
    package var compression: Bool?
    /// How closely clients look at what they receive.
    package var payload: String
    package var connectTimeoutNanoseconds: Int
    package var graceNanoseconds: Int
    package var seed: UInt64
    package var subprotocols: [String]
    /// The names alone: values may be secrets.
    package var headerNames: [String]
    /// Whether a connection that drops is made again, and the part of the delay that chance may take off.
    package var reconnects: Bool
    package var reconnectJitter: Double
    /// As given; null where the server was found from its port.
    @ExplicitNull package var serverPid: Int32?
    package var thresholds: [String]
    /// Connections whose received data the kernel stamped; nil in results from before it could.
    package var kernelStamps: Int?
    /// Null where all clients connect, stay, and read what comes.
    @ExplicitNull package var behaviour: BehaviourRecord?
    /// What clients sent and how they subscribed; nil where all of it was as usual.
    package var messages: MessagePlanRecord?

    package init(
        url: String, mode: String, clients: Int, publishers: Int, ratePerSecond: Double?, inFlight: Int?,
        durationNanoseconds: Int, warmupNanoseconds: Int, messageBytes: Int, connectRatePerSecond: Double?,
        threads: Int, io: String, compression: Bool? = nil, payload: String, connectTimeoutNanoseconds: Int,
        graceNanoseconds: Int, seed: UInt64, subprotocols: [String], headerNames: [String], reconnects: Bool,
        reconnectJitter: Double, serverPid: Int32?, thresholds: [String], kernelStamps: Int? = nil,
        behaviour: BehaviourRecord? = nil
    ) {
        self.url = url
        self.mode = mode
        self.clients = clients
        self.publishers = publishers
        self.ratePerSecond = ratePerSecond
        self.inFlight = inFlight
        self.durationNanoseconds = durationNanoseconds
        self.warmupNanoseconds = warmupNanoseconds
        self.messageBytes = messageBytes
        self.connectRatePerSecond = connectRatePerSecond
        self.threads = threads
        self.io = io
        self.compression = compression
        self.payload = payload
        self.connectTimeoutNanoseconds = connectTimeoutNanoseconds
        self.graceNanoseconds = graceNanoseconds
        self.seed = seed
        self.subprotocols = subprotocols
        self.headerNames = headerNames
        self.reconnects = reconnects
        self.reconnectJitter = reconnectJitter
        self.serverPid = serverPid
        self.thresholds = thresholds
        self.kernelStamps = kernelStamps
        self.behaviour = behaviour
    }
}
