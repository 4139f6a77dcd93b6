import Recording
import Transport
import WebSocketWire

/// Everything a run is told: whom to load, with what, for how long.
package struct LoadPlan: Sendable {
    /// Who sets the pace.
    package enum Arrival: Sendable, Equatable {
        /// Messages a second over all publishers, on a schedule that waits for nobody.
        case open(ratePerSecond: Double)
        /// The same, at random.
        case poisson(ratePerSecond: Double)
        /// A schedule at rates that change; the stages last as long as the measured part.
        case stages([RateStage], ArrivalProcess)
        /// So many messages outstanding in total: the next one goes when one is complete.
        case closed(inFlight: Int)
    }

    package var url: WebSocketURL
    package var mode = LoadMode.broadcast
    package var clients = 100
    package var publishers = 1
    package var arrival = Arrival.open(ratePerSecond: 100)
    /// With `closed`: how long a slot waits before its next message.
    package var thinkTime: ThinkTime?
    /// Clients that differ from the others in how they connect.
    package var groups = ClientGroups()
    /// Payload bytes, at least `Stamp.encodedBytes`.
    package var messageBytes = 128
    package var durationNanoseconds: UInt64 = 10_000_000_000
    package var warmupNanoseconds: UInt64 = 1_000_000_000
    package var connectRatePerSecond: Double?
    package var connectTimeoutNanoseconds: UInt64 = 10_000_000_000
    package var graceNanoseconds: UInt64 = 5_000_000_000
    package var io = IOChoice.auto
    package var payloadCheck = PayloadCheck.content
    /// For wss; nil for ws.
    package var tls: TLSClientContext?
    /// Whether compression is offered (RFC 7692).
    package var compresses = false
    package var headers: [(String, String)] = []
    /// Where clients connect from; nil for where the kernel likes.
    package var sourceAddresses: SourceAddresses?
    package var subprotocols: [String] = []
    package var reconnects = true
    package var reconnectJitter = 0.0
    package var behaviour = BehaviourPlan()
    package var serverPid: Int32?
    package var seed: UInt64 = 1
    /// Plain connections whose received data the kernel stamps (`KernelStampSample`); 0 for none.
    package var kernelStamps = 0
    package var thresholds: [Threshold] = []
    package var messages = MessagePlan()

    package init(url: WebSocketURL) { self.url = url }

    var loopConfiguration: EventLoop.Configuration {
        var configuration = EventLoop.Configuration(io: io)
        // A read brings the stamp and no more than a little besides.
        if payloadCheck == .stamp { configuration.receiveBufferBytes = 64 }
        return configuration
    }

    var fanout: Fanout {
        if mode == .echo { return .senderOnly }
        // Who posts is no client, and has nothing to receive.
        return messages.senderReceives || messages.posting != nil ? .everyClient : .everyOtherClient
    }

    package var publishes: Bool { mode == .broadcast || mode == .echo }

    package var record: RunPlanRecord {
        var rate: Double?
        var inFlight: Int?
        switch arrival {
        case .open(let ratePerSecond), .poisson(let ratePerSecond): rate = publishes ? ratePerSecond : nil
        case .stages: break
        case .closed(let count): inFlight = publishes ? count : nil
        }
        let scheme = url.isSecure ? "wss" : "ws"
        var record = RunPlanRecord(
            url: "\(scheme)://\(url.authority)\(url.path)", mode: mode.rawValue, clients: clients,
            publishers: publishes ? publishers : 0, ratePerSecond: rate, inFlight: inFlight,
            durationNanoseconds: Int(durationNanoseconds), warmupNanoseconds: Int(warmupNanoseconds),
            messageBytes: messageBytes, connectRatePerSecond: connectRatePerSecond, threads: 1,
            io: io.rawValue, compression: compresses, payload: payloadCheck.rawValue,
            connectTimeoutNanoseconds: Int(connectTimeoutNanoseconds),
            graceNanoseconds: Int(graceNanoseconds), seed: seed, subprotocols: subprotocols,
            headerNames: headers.map(\.0),
            reconnects: reconnects, reconnectJitter: reconnectJitter, serverPid: serverPid,
            thresholds: thresholds.map(\.expression), kernelStamps: kernelStamps, behaviour: behaviour.record)
        recordArrival(in: &record)
        record.messages = messages.record
        return record
    }
}
