import ArgumentParser
import Bench
import LoadGen
import Recording
import Transport
import WebSocketWire

/// `broadside load`.
struct LoadCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, csv
    }

    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Load a WebSocket server and measure what its clients see.",
        discussion: "Without a URL it starts a broadside server of its own and stops it after.")

    @Argument(help: "ws://host:port/path or wss://host:port/path")
    var url: String?

    @Option(help: "broadcast, echo, idle or reflect.")
    var mode = LoadMode.broadcast

    @Option(help: "Connections.")
    var clients = 100

    @Option(help: "How many of them publish. (default: 1, in echo all)")
    var publishers: Int?

    @Option(help: "Messages a second over all publishers, open loop. (default: 100)")
    var rate: Double?

    @Option(help: "Closed loop instead: messages outstanding in total.")
    var inFlight: Int?

    @OptionGroup var pace: LoadArrivalOptions

    @OptionGroup var file: LoadScenarioOptions

    @Option(help: "How long to measure: a number with ms, s or m. (default: 10s)")
    var duration: String?

    @Option(help: "How long to load before that.")
    var warmup = "1s"

    @Option(help: "Payload size, at least \(Stamp.encodedBytes).")
    var messageBytes = 128

    @Option(help: "New connections a second. (default: as fast as they are taken)")
    var connectRate: Double?

    @Option(help: "Local address to connect from, or a range of them, A-B, taken in turn.")
    var sourceAddress: String?

    @Option(help: "auto, uring or epoll.")
    var io = IOChoice.auto

    @Option(help: "content compares every byte; stamp lets the kernel drop the rest of large messages (epoll).")
    var payload = PayloadCheck.content

    @Option(help: "A header of the upgrade request, 'K: V'; repeatable.")
    var header: [String] = []

    @Option(help: "A subprotocol to offer; repeatable.")
    var subprotocol: [String] = []

    @Option(help: "Sent as Authorization: Bearer.")
    var token: String?

    @Option(help: "PEM file with the certificates of the authorities to trust. (default: the system's)")
    var ca: String?

    @Flag(help: "Take any certificate.")
    var insecure = false

    @Option(help: "on or off: offer permessage-deflate.")
    var compression = Switch.off

    @Option(help: "on or off: connect again when a connection drops, after 1 s doubling to 30 s.")
    var reconnect = Switch.on

    @Option(help: "The part of that delay, 0 to 1, that chance may take off.")
    var reconnectJitter = 0.0

    @OptionGroup var behaviour: LoadBehaviourOptions

    @Option(help: "How long a connection may take.")
    var connectTimeout = "10s"

    @Option(help: "How long to wait for what is missing after the last message.")
    var grace = "5s"

    @Option(help: "Whose CPU to count, where it is not found from the port.")
    var serverPid: Int32?

    @Option(help: "For choices that have to be repeatable.")
    var seed: UInt64 = 1

    @OptionGroup var honesty: LoadHonestyOptions

    @Option(help: "'PATH OP VALUE [over LENGTH]', such as 'latency.p99<50ms over 5s'; repeatable.")
    var threshold: [String] = []

    @Option(help: "File for the result as JSON.")
    var output: String?

    @Option(help: "text, json or csv on standard output.")
    var format = Format.text

    @Option(help: "on or off. (default: on where standard error is a terminal)")
    var progress: Switch?

    @OptionGroup
    var watching: LoadWatchOptions

    @OptionGroup(title: "Messages")
    var messages: LoadMessageOptions

    func run() throws {
        var ownServer: ServerProcess?
        let target: WebSocketURL
        if let url {
            target = try parsed { () throws(WebSocketURLError) in try WebSocketURL(url) }
        } else {
            let trial = try plan(for: WebSocketURL("ws://127.0.0.1/relay"))
            try watching.check(trial, output: output)
            if file.dryRun { return Console.print(try DryRun.text(trial)) }
            // The server leaves a core to the generator.
            let threads = max(1, MachineDescription.usableCores - 1)
            let server = try failing { try ServerProcess(arguments: ["--threads", "\(threads)"]) }
            ownServer = server
            target = try WebSocketURL(server.url + (mode == .echo ? "/echo" : "/relay"))
        }
        let plan = try plan(for: target)
        try watching.check(plan, output: output)
        if file.dryRun { return Console.print(try DryRun.text(plan)) }
        if let output { try failing { try OutputFile.check(output) } }
        let run = try failing { try LoadRun(plan, commit: BuildInfo.commit) }
        let watcher = try failing { try LoadWatcher(run.monitor, watching.plan(plan, progress: progress)) }
        if let url = watcher.metricsURL { Console.printError("broadside: metrics on \(url)\n") }
        let handle = run.interruptHandle
        let releaseCursor = watcher.releaseCursor
        let signals = try SignalWatch {
            handle.interrupt()
            releaseCursor()
        }
        let result = try failing {
            defer { watcher.stop() }
            return try run.run()
        }
        withExtendedLifetime(signals) {}
        if let ownServer, ownServer.isRunning { ownServer.stop() }
        try deliver(result, watchFailure: watcher.failure)
    }

    /// - Parameter watchFailure: why the files that were written meanwhile are not complete.
    private func deliver(_ result: RunResult, watchFailure: String?) throws {
        let json = try result.encoded() + [UInt8(ascii: "\n")]
        if let output { try failing { try OutputFile.write(json, to: output) } }
        switch format {
        case .text: Console.print(RunText.render(result))
        case .json: Console.print(String(decoding: json, as: UTF8.self))
        case .csv: Console.print(RunText.csv(result))
        }
        if let watchFailure { throw CommandEnd(.failed, watchFailure) }
        guard result.toolExit != .pass else { return }
        // The text has said why.
        guard format != .text, let complaint = RunText.complaint(result) else { throw CommandEnd(result.toolExit) }
        throw CommandEnd(result.toolExit, complaint)
    }

    private func plan(for target: WebSocketURL) throws -> LoadPlan {
        try require("--clients", clients, in: 1...1_000_000)
        try require("--message-bytes", messageBytes, in: Stamp.encodedBytes...(1 << 30))
        let publishing = publishers ?? (mode == .echo ? clients : 1)
        try require("--publishers", publishing, in: 1...messages.publisherLimit(clients: clients))
        var plan = LoadPlan(url: target)
        plan.mode = mode
        plan.tls = target.isSecure ? try tls() : nil
        plan.compresses = compression == .on
        plan.clients = clients
        plan.publishers = publishing
        plan.messageBytes = messageBytes
        try pace.apply(to: &plan, rate: rate, inFlight: inFlight, duration: duration)
        plan.connectRatePerSecond = try connectRate.map { try ratePerSecond("--connect-rate", $0) }
        plan.warmupNanoseconds = try nanoseconds("--warmup", warmup, atLeast: 0)
        plan.connectTimeoutNanoseconds = try nanoseconds("--connect-timeout", connectTimeout, atLeast: 1_000_000)
        plan.graceNanoseconds = try nanoseconds("--grace", grace, atLeast: 1_000_000)
        plan.io = try generatorIO(io, payload)
        plan.payloadCheck = payload
        guard payload != .stamp || !target.isSecure else {
            throw ValidationError("--payload stamp: expected a ws URL, found wss: TLS has to read all that comes")
        }
        try honesty.apply(to: &plan)
        guard token?.utf8.allSatisfy(HTTPGrammar.isFieldValueByte) ?? true else {
            throw ValidationError("--token: expected no control characters")
        }
        for name in subprotocol where !HTTPGrammar.isToken(name.utf8) {
            throw ValidationError("--subprotocol: expected letters, digits and such as - . _, found '\(name)'")
        }
        plan.sourceAddresses = try sourceAddress.map { text in
            try parsed("--source-address") { () throws(SourceAddressError) in try SourceAddresses(parsing: text) }
        }
        plan.headers = try header.map { try parsedHeader("--header", $0) }
        if let token { plan.headers.append(("Authorization", "Bearer \(token)")) }
        plan.groups = try file.clientGroups(clients: clients, publishers: publishing) {
            try parsedHeader("headers", $0)
        }
        plan.subprotocols = subprotocol
        plan.reconnects = reconnect == .on
        guard (0...1).contains(reconnectJitter) else {
            throw ValidationError("--reconnect-jitter: expected a number from 0 to 1, found \(reconnectJitter)")
        }
        plan.reconnectJitter = reconnectJitter
        plan.serverPid = serverPid
        plan.seed = seed
        plan.thresholds = try threshold.map { text in
            try parsed { () throws(ThresholdError) in try Threshold(parsing: text) }
        }
        try messages.apply(to: &plan, tls: tls)
        try behaviour.apply(to: &plan)
        return plan
    }

    private func tls() throws -> TLSClientContext {
        guard ca == nil || !insecure else {
            throw ValidationError("--ca and --insecure: expected one of them, found both")
        }
        let trust: TLSTrust = insecure ? .anyone : ca.map { .authorities(file: $0) } ?? .systemStore
        return try failing { try TLSClientContext(trust: trust) }
    }
}

extension LoadMode: ExpressibleByArgument {}
