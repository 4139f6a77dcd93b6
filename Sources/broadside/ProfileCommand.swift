import ArgumentParser
import Bench
import LoadGen
import Recording
import Transport
import WebSocketWire

/// `broadside profile`.
struct ProfileCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Show what one delivery costs a server, and where.",
        discussion: "Without a URL it starts a broadside server of its own. The load runs a second time under perf, "
            + "where that is installed, for the flame graph and an outside count of system calls.")

    @Argument(help: "ws://host:port/path of a server that sends every message to every client.")
    var url: String?

    @Option(help: "The server's process, where it is not found from the port.")
    var serverPid: Int32?

    @Option(help: "Connections.")
    var clients = 100

    @Option(help: "How many of them publish.")
    var publishers = 1

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

    @Option(help: "auto, uring or epoll, for the generator and for a server of its own.")
    var io = IOChoice.auto

    @Option(help: "Event loops of a server of its own. (default: 1, on a core of its own)")
    var threads: Int?

    @Option(help: "Folder for profile.json, flamegraph.svg and stacks.folded.")
    var output: String?

    @Option(help: "File for the flame graph alone.")
    var flameGraph: String?

    @Option(help: "text or json on standard output.")
    var format = Format.text

    func run() throws {
        let plan = try loadPlan()
        try checkOutput()
        let server = try failing { try profiledServer() }
        defer { server.stop() }
        // Asked before this thread pins itself.
        _ = MachineDescription.usableCores
        let cores = CoreSet.usable()
        if cores.count > 1 { CoreSet.pin(to: [cores[0]]) }
        let interruption = Interruption()
        let watch = try SignalWatch { interruption.request() }
        let (result, graph) = try failing {
            try ProfileRun(server, plan: plan, showsProgress: Console.errorIsTerminal, interruption: interruption).run()
        }
        withExtendedLifetime(watch) {}
        try deliver(result, graph)
    }

    private func profiledServer() throws -> ProfiledServer {
        if let url {
            let target = try parsed { () throws(WebSocketURLError) in try WebSocketURL(url) }
            return ProfiledServer(url: target, pid: serverPid)
        }
        let cores = CoreSet.usable()
        let loops = threads ?? 1
        // A connection that asks for figures now and then must not be taken for one that does not get on.
        let arguments = ["--threads", "\(loops)", "--io", io.rawValue, "--handshake-timeout", "86400"]
        return try ProfiledServer(
            ServerProcess(arguments: arguments, cores: loops == 1 && cores.count > 1 ? [cores[1]] : []))
    }

    private func deliver(_ result: ProfileResult, _ graph: FlameGraphFiles?) throws {
        let json = try result.encoded() + [UInt8(ascii: "\n")]
        switch format {
        case .text: Console.print(ProfileText(result).render())
        case .json: Console.print(String(decoding: json, as: UTF8.self))
        }
        var written: [String] = []
        try failing {
            if let output {
                try OutputFile.write(json, to: output + "/profile.json")
                if let graph {
                    try OutputFile.write(Array(graph.foldedStacks.utf8), to: output + "/stacks.folded")
                    try OutputFile.write(Array(graph.svg.utf8), to: output + "/flamegraph.svg")
                    written.append(output + "/flamegraph.svg")
                }
            }
            if let flameGraph, let graph {
                try OutputFile.write(Array(graph.svg.utf8), to: flameGraph)
                written.append(flameGraph)
            }
        }
        if format == .text { for path in written { Console.print("flame graph in \(path)\n") } }
        if result.toolExit != .pass { throw CommandEnd(result.toolExit) }
    }

    private func checkOutput() throws {
        if output?.isEmpty == true { throw ValidationError("--output: expected a folder, found nothing") }
        try failing {
            if let output {
                try OutputFile.makeFolder(output)
                try OutputFile.check(output + "/profile.json")
            }
            if let flameGraph { try OutputFile.check(flameGraph) }
        }
    }

    private func loadPlan() throws -> LoadPlan {
        let target = try parsed { () throws(WebSocketURLError) in try WebSocketURL(url ?? "ws://127.0.0.1/relay") }
        guard !target.isSecure else { throw ValidationError("wss:// is not supported, expected ws://") }
        guard url != nil || serverPid == nil else { throw ValidationError("--server-pid: expected with a URL only") }
        guard url == nil || threads == nil else { throw ValidationError("--threads: expected without a URL only") }
        try require("--clients", clients, in: 1...1_000_000)
        try require("--publishers", publishers, in: 1...clients)
        try require("--message-bytes", messageBytes, in: Stamp.encodedBytes...(1 << 20))
        if let threads { try require("--threads", threads, in: 1...256) }
        guard rate == nil || inFlight == nil else {
            throw ValidationError("--rate and --in-flight: expected one of them, found both")
        }
        var plan = LoadPlan(url: target)
        plan.clients = clients
        plan.publishers = publishers
        plan.messageBytes = messageBytes
        plan.arrival = .open(ratePerSecond: try ratePerSecond("--rate", rate ?? 100))
        if let inFlight {
            try require("--in-flight", inFlight, in: 1...1_000_000)
            plan.arrival = .closed(inFlight: inFlight)
        }
        plan.durationNanoseconds = try nanoseconds("--duration", duration, atLeast: 1_000_000)
        plan.warmupNanoseconds = try nanoseconds("--warmup", warmup, atLeast: 0)
        plan.io = io
        return plan
    }
}
