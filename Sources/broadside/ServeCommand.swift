import ArgumentParser
import Glibc
import Logging
import Recording
import Server
import Transport

/// `broadside serve`.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the broadcast server.")

    /// Descriptors that are not clients: listeners, rings, logs, and a margin.
    private static let reservedDescriptors = 128

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 picks a free one.")
    var port = 3001

    @Option(help: "Event loops. (default: usable cores)")
    var threads: Int?

    @Option(help: "auto, uring or epoll.")
    var io = IOChoice.auto

    @Flag(help: "Also serve /relay and /echo.")
    var relay = false

    @OptionGroup(title: "Security")
    var security: ServeSecurityOptions

    @OptionGroup(title: "AI service")
    var artificialIntelligence: ServeAIOptions

    @Option(help: "permessage-deflate: on or off.")
    var compression = Switch.off

    @Option(help: "Largest message; a larger one closes its sender with 1009.")
    var maxMessageBytes = 1 << 20

    @Option(help: "Most WebSocket clients. (default: descriptor limit less a reserve)")
    var maxClients: Int?

    @Option(help: "Bytes that a client may fall behind; at least twice --max-message-bytes.")
    var backlogBytes = 64 << 20

    @Option(help: "Past that: disconnect or skip.")
    var slowClient = SlowClientPolicy.disconnect

    @Option(help: "Microseconds that a frame may wait at most to go out together with later ones.")
    var flushIntervalUs = 0

    @Option(help: "Seconds between pings; a client silent for two intervals is removed.")
    var heartbeatInterval = 30.0

    @Option(help: "Seconds for a complete request.")
    var handshakeTimeout = 10.0

    @Option(help: "Seconds to send what is queued when shutting down.")
    var drainTimeout = 5.0

    @Option(help: "trace, debug, info, notice, warning, error or critical.")
    var logLevel = Logger.Level.info

    @Option(help: "text or json.")
    var logFormat = LogFormat.text

    // For testing what watches servers: `gate --self-test`.

    @Option(help: .hidden)
    var injectCpuPercent = 0.0

    @Option(help: .hidden)
    var injectAllocations = 0

    @Option(help: .hidden)
    var injectSystemCalls = 0

    func run() throws {
        let server: BroadcastServer
        let log = try openLog()
        // Whatever ends the server: what it has logged is written first.
        defer { log.close() }
        let configuration = try serverConfiguration(Logger(label: "broadside", factory: { _ in log }))
        do {
            server = try BroadcastServer(configuration)
        } catch {
            throw CommandEnd(.failed, String(describing: error))
        }
        let handle = server.stopHandle
        let watch = try SignalWatch {
            configuration.logger.info("Shutting down")
            handle.stop()
        }
        try server.start()
        announce(server, configuration)
        server.join()
        withExtendedLifetime(watch) {}
    }

    private func announce(_ server: BroadcastServer, _ configuration: ServerConfiguration) {
        if let reason = server.fallbackReason { configuration.logger.warning("Using epoll: \(reason)") }
        let host = server.address.host.contains(":") ? "[\(server.address.host)]" : server.address.host
        Console.print(
            "broadside: listening on \(configuration.tls == nil ? "ws" : "wss")://\(host):\(server.address.port) "
                + "(io=\(server.io.rawValue) threads=\(configuration.threads) pid=\(getpid()))\n")
    }

    private func openLog() throws -> StandardErrorLog {
        do {
            return try StandardErrorLog(level: logLevel, format: logFormat)
        } catch {
            throw CommandEnd(.failed, String(describing: error))
        }
    }

    private func serverConfiguration(_ logger: Logger) throws -> ServerConfiguration {
        try require("--port", port, in: 0...65_535)
        try require("--max-message-bytes", maxMessageBytes, in: 125...(1 << 30))
        guard backlogBytes >= 2 * maxMessageBytes else {
            throw ValidationError(
                "--backlog-bytes: expected at least twice --max-message-bytes (\(2 * maxMessageBytes)), found \(backlogBytes)"
            )
        }
        let descriptors = DescriptorLimit.raise()
        let clients = maxClients ?? max(1, descriptors - Self.reservedDescriptors)
        try require("--max-clients", clients, in: 1...max(1, descriptors))
        let loops = threads ?? min(256, MachineDescription.usableCores)
        try require("--threads", loops, in: 1...256)
        var configuration = ServerConfiguration()
        // As the first line of output and URLs write addresses of IPv6.
        configuration.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        configuration.port = UInt16(port)
        configuration.threads = loops
        configuration.io = io
        configuration.servesRelay = relay
        configuration.maximumMessageBytes = maxMessageBytes
        configuration.maximumClients = clients
        configuration.backlogBytes = backlogBytes
        configuration.slowClientPolicy = slowClient
        try require("--flush-interval-us", flushIntervalUs, in: 0...1_000_000)
        configuration.flushIntervalNanoseconds = UInt64(flushIntervalUs) * 1000
        configuration.heartbeatIntervalNanoseconds = try seconds("--heartbeat-interval", heartbeatInterval)
        configuration.handshakeTimeoutNanoseconds = try seconds("--handshake-timeout", handshakeTimeout)
        configuration.drainTimeoutNanoseconds = try seconds("--drain-timeout", drainTimeout)
        configuration.compresses = compression == .on
        try security.apply(to: &configuration)
        configuration.artificialIntelligence = try artificialIntelligence.configuration()
        configuration.injectedCosts = try injectedCosts()
        configuration.logger = logger
        return configuration
    }

    private func injectedCosts() throws -> InjectedCosts {
        guard (0...1000).contains(injectCpuPercent) else {
            throw ValidationError("--inject-cpu-percent: expected 0 to 1000, found \(injectCpuPercent)")
        }
        try require("--inject-allocations", injectAllocations, in: 0...1000)
        try require("--inject-system-calls", injectSystemCalls, in: 0...1000)
        var costs = InjectedCosts()
        costs.cpuShare = injectCpuPercent / 100
        costs.allocationsPerMessage = injectAllocations
        costs.systemCallsPerRound = injectSystemCalls
        return costs
    }
}
