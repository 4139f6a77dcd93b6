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

    @Option(help: "How long to measure: a number with ms, s or m.")
    var duration = "10s"

    @Option(help: "How long to load before that.")
    var warmup = "1s"

    @Option(help: "Payload size, at least \(Stamp.encodedBytes).")
    var messageBytes = 128

    @Option(help: "New connections a second. (default: as fast as they are taken)")
    var connectRate: Double?

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

    @Option(help: "How long a connection may take.")
    var connectTimeout = "10s"

    @Option(help: "How long to wait for what is missing after the last message.")
    var grace = "5s"

    @Option(help: "Whose CPU to count, where it is not found from the port.")
    var serverPid: Int32?

    @Option(help: "For choices that have to be repeatable.")
    var seed: UInt64 = 1

    @Option(help: "'PATH OP VALUE', such as 'latency.p99<50ms'; repeatable.")
    var threshold: [String] = []

    @Option(help: "File for the result as JSON.")
    var output: String?

    @Option(help: "text, json or csv on standard output.")
    var format = Format.text

    @Option(help: "on or off. (default: on where standard error is a terminal)")
    var progress: Switch?

    func run() throws {
        var ownServer: ServerProcess?
        let target: WebSocketURL
        if let url {
            target = try parsed { () throws(WebSocketURLError) in try WebSocketURL(url) }
        } else {
            _ = try plan(for: WebSocketURL("ws://127.0.0.1/relay"))
            // The server leaves a core to the generator.
            let threads = max(1, MachineDescription.usableCores - 1)
            let server = try failing { try ServerProcess(arguments: ["--threads", "\(threads)"]) }
            ownServer = server
            target = try WebSocketURL(server.url + (mode == .echo ? "/echo" : "/relay"))
        }
        let plan = try plan(for: target)
        if let output { try failing { try OutputFile.check(output) } }
        let line = ProgressLine(isShown: progress.map { $0 == .on } ?? Console.errorIsTerminal)
        let run = try failing { try LoadRun(plan, commit: BuildInfo.commit) { line.show(ProgressLine.text($0)) } }
        let handle = run.interruptHandle
        let watch = try SignalWatch { handle.interrupt() }
        let result = try failing { try run.run() }
        line.clear()
        withExtendedLifetime(watch) {}
        if let ownServer, ownServer.isRunning { ownServer.stop() }
        try deliver(result)
    }

    private func deliver(_ result: RunResult) throws {
        let json = try result.encoded() + [UInt8(ascii: "\n")]
        if let output { try failing { try OutputFile.write(json, to: output) } }
        switch format {
        case .text: Console.print(RunText.render(result))
        case .json: Console.print(String(decoding: json, as: UTF8.self))
        case .csv: Console.print(RunText.csv(result))
        }
        if result.toolExit != .pass { throw CommandEnd(result.toolExit) }
    }

    private func plan(for target: WebSocketURL) throws -> LoadPlan {
        try require("--clients", clients, in: 1...1_000_000)
        try require("--message-bytes", messageBytes, in: Stamp.encodedBytes...(1 << 30))
        let publishing = publishers ?? (mode == .echo ? clients : 1)
        try require("--publishers", publishing, in: 1...clients)
        guard rate == nil || inFlight == nil else {
            throw ValidationError("--rate and --in-flight: expected one of them, found both")
        }
        var plan = LoadPlan(url: target)
        plan.mode = mode
        plan.tls = target.isSecure ? try tls() : nil
        plan.compresses = compression == .on
        plan.clients = clients
        plan.publishers = publishing
        plan.messageBytes = messageBytes
        if let inFlight {
            try require("--in-flight", inFlight, in: 1...1_000_000)
            plan.arrival = .closed(inFlight: inFlight)
        } else {
            plan.arrival = .open(ratePerSecond: try ratePerSecond("--rate", rate ?? 100))
        }
        plan.connectRatePerSecond = try connectRate.map { try ratePerSecond("--connect-rate", $0) }
        plan.durationNanoseconds = try nanoseconds("--duration", duration, atLeast: 1_000_000)
        plan.warmupNanoseconds = try nanoseconds("--warmup", warmup, atLeast: 0)
        plan.connectTimeoutNanoseconds = try nanoseconds("--connect-timeout", connectTimeout, atLeast: 1_000_000)
        plan.graceNanoseconds = try nanoseconds("--grace", grace, atLeast: 1_000_000)
        plan.io = try generatorIO(io, payload)
        plan.payloadCheck = payload
        guard payload != .stamp || !target.isSecure else {
            throw ValidationError("--payload stamp: expected a ws URL, found wss: TLS has to read all that comes")
        }
        guard token?.utf8.allSatisfy(HTTPGrammar.isFieldValueByte) ?? true else {
            throw ValidationError("--token: expected no control characters")
        }
        for name in subprotocol where !HTTPGrammar.isToken(name.utf8) {
            throw ValidationError("--subprotocol: expected letters, digits and such as - . _, found '\(name)'")
        }
        plan.headers = try header.map(parsedHeader) + (token.map { [("Authorization", "Bearer \($0)")] } ?? [])
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
        return plan
    }

    private func tls() throws -> TLSClientContext {
        guard ca == nil || !insecure else {
            throw ValidationError("--ca and --insecure: expected one of them, found both")
        }
        let trust: TLSTrust = insecure ? .anyone : ca.map { .authorities(file: $0) } ?? .systemStore
        return try failing { try TLSClientContext(trust: trust) }
    }

    private func parsedHeader(_ text: String) throws -> (String, String) {
        guard let colon = text.firstIndex(of: ":"), HTTPGrammar.isToken(text[..<colon].utf8),
            text.utf8.allSatisfy(HTTPGrammar.isFieldValueByte)
        else { throw ValidationError("--header: expected 'Name: value', found '\(text)'") }
        let value = text[text.index(after: colon)...].drop { $0 == " " }
        return (String(text[..<colon]), String(value))
    }
}

extension LoadMode: ExpressibleByArgument {}
