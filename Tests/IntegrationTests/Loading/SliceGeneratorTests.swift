import LoadGen
import Testing
import Transport
import WebSocketWire

/// Slices of load from this thread on a server in a process of its own.
@Suite("Load in slices")
struct SliceGeneratorTests {
    private static let clients = 20
    private static let sliceNanoseconds: UInt64 = 10_000_000

    private static func generator(
        _ server: TestServer, io: String, mode: LoadMode = .broadcast
    ) throws -> SliceGenerator {
        var plan = LoadPlan(url: try WebSocketURL(server.url(mode == .echo ? "/echo" : "/relay")))
        plan.mode = mode
        plan.clients = clients
        plan.publishers = mode == .echo ? clients : 1
        plan.messageBytes = 64
        plan.arrival = .closed(inFlight: 1)
        plan.io = try #require(IOChoice(rawValue: io))
        let generator = try SliceGenerator(plan)
        try generator.connect()
        return generator
    }

    private static func server(io: String) throws -> TestServer {
        try TestServer("--relay", "--threads", "1", "--io", io, "--log-level", "error")
    }

    @Test("the load changes between slices on the same connections, and nothing is lost", arguments: Drivers.available)
    func changes(io: String) throws {
        let server = try Self.server(io: io)
        defer { server.process.kill() }
        let generator = try Self.generator(server, io: io)
        let loads: [(LoadPlan.Arrival, Int)] = [
            (.closed(inFlight: 1), 64), (.closed(inFlight: 16), 64), (.closed(inFlight: 1), 16 << 10),
            (.open(ratePerSecond: 1_000), 16 << 10), (.open(ratePerSecond: 1_000), 64), (.closed(inFlight: 1), 48),
        ]
        // Twice, since what a load leaves behind would show in the next one.
        for (arrival, messageBytes) in loads + loads {
            generator.change(arrival: arrival, messageBytes: messageBytes)
            generator.startCounting()
            for _ in 0..<3 {
                let figures = generator.runSlice(durationNanoseconds: Self.sliceNanoseconds)
                #expect(figures.faults == 0, "\(arrival), \(messageBytes) bytes")
                #expect(figures.messages > 0)
                #expect(figures.deliveries == figures.messages * Self.clients)
                #expect(figures.elapsedNanoseconds > 0)
            }
            #expect(generator.completion.count > 0)
        }
        generator.close()
    }

    @Test("an open loop's slice sends what its schedule has for it, each time anew", arguments: Drivers.available)
    func openLoop(io: String) throws {
        let server = try Self.server(io: io)
        defer { server.process.kill() }
        let generator = try Self.generator(server, io: io)
        // With one message at the beginning of the slice there is one also where the next is due long after its end.
        for (rate, expected) in [(1_000.0, 10), (2_500, 25), (950, 10), (150, 2), (1, 1)] {
            generator.change(arrival: .open(ratePerSecond: rate), messageBytes: 64)
            generator.startCounting()
            for _ in 0..<3 {
                let figures = generator.runSlice(durationNanoseconds: Self.sliceNanoseconds)
                #expect(figures.messages == expected, "\(rate) a second")
                #expect(figures.deliveries == expected * Self.clients)
                #expect(figures.faults == 0)
            }
            #expect(generator.completion.count == UInt64(3 * expected))
        }
        generator.close()
    }

    @Test("completions are those since counting began", arguments: Drivers.available)
    func counting(io: String) throws {
        let server = try Self.server(io: io)
        defer { server.process.kill() }
        let generator = try Self.generator(server, io: io)
        for _ in 0..<2 {
            _ = generator.runSlice(durationNanoseconds: Self.sliceNanoseconds)
            generator.startCounting()
            #expect(generator.completion.count == 0)
            let figures = generator.runSlice(durationNanoseconds: Self.sliceNanoseconds)
            #expect(generator.completion.count == UInt64(figures.messages))
        }
        generator.close()
    }

    @Test("in echo the load changes as well, every client getting its own", arguments: Drivers.available)
    func echo(io: String) throws {
        let server = try Self.server(io: io)
        defer { server.process.kill() }
        let generator = try Self.generator(server, io: io, mode: .echo)
        for (arrival, messageBytes) in [
            (LoadPlan.Arrival.closed(inFlight: 20), 64), (.closed(inFlight: 4), 20_000),
            (.open(ratePerSecond: 2_000), 64),
        ] {
            generator.change(arrival: arrival, messageBytes: messageBytes)
            generator.startCounting()
            let figures = generator.runSlice(durationNanoseconds: Self.sliceNanoseconds)
            #expect(figures.faults == 0)
            #expect(figures.messages > 0)
            #expect(figures.deliveries == figures.messages)
        }
        generator.close()
    }

    @Test("a server that is gone is a fault of the next slice, not the end of this program")
    func gone() throws {
        let io = Drivers.available[0]
        let server = try Self.server(io: io)
        let generator = try Self.generator(server, io: io)
        generator.startCounting()
        #expect(generator.runSlice(durationNanoseconds: Self.sliceNanoseconds).faults == 0)
        server.process.kill()
        #expect(generator.runSlice(durationNanoseconds: Self.sliceNanoseconds).faults > 0)
    }
}
