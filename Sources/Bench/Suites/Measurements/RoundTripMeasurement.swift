import LoadGen
import Recording
import Transport
import WebSocketWire

/// `Total roundtrip: ~10ms`, three ways: the protocol's ping, an echo, and a gesture that is posted until the last of
/// 100 subscribers has it.
struct RoundTripMeasurement {
    private static let documentedNanoseconds = 10e6

    let context: SuiteContext

    func rows() throws -> [TargetRow] {
        let server = try context.startServer()
        defer { server.stop() }
        let address = try SocketAddress.resolve(host: "127.0.0.1", port: server.port)
        let ping = try probe("ping on /", address, subscribers: 1, rounds: 2_000) { _ in
            .message(Array(#"{"type":"ping"}"#.utf8), answer: #""type":"pong""#)
        }
        let echo = try echo(server)
        let gesture = try probe("gesture posted to 100 subscribers", address, subscribers: 100, rounds: 500) { round in
            let body = #"{"type":"wave","position":{"x":0.5,"y":0.5},"confidence":0.92,"round":\#(round)}"#
            return .post(path: "/api/gesture/process", body: Array(body.utf8), answer: #""round":\#(round),"#)
        }
        return [
            row("round trip, ping to pong on /", ping),
            row("round trip, /echo of 128 B", echo.latency, echo.invalidReasons),
            row("round trip, POST gesture until the last of 100 subscribers has it", gesture),
        ]
    }

    private func probe(
        _ name: String, _ address: SocketAddress, subscribers: Int, rounds: Int,
        _ trigger: @escaping (Int) -> RoundTripProbe.Trigger
    ) throws -> LatencySummary {
        try context.announce(name)
        return try RoundTripProbe(
            address: address, io: context.io, subscribers: subscribers, rounds: context.scale.rounds(rounds),
            trigger: trigger
        ).run().summary()
    }

    private func echo(_ server: ServerProcess) throws -> RunResult {
        var plan = try context.plan(server, path: "/echo")
        plan.mode = .echo
        plan.clients = 1
        plan.arrival = .closed(inFlight: 1)
        plan.durationNanoseconds = context.scale.seconds(2)
        return try context.run("echo", plan).result
    }

    private func row(_ target: String, _ summary: LatencySummary, _ reasons: [String] = []) -> TargetRow {
        .latency(
            target, documentedNanoseconds: Self.documentedNanoseconds, documented: "about 10 ms", summary: summary,
            invalidReasons: reasons)
    }
}
