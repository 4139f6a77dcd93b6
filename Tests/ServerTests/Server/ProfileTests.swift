import FoundationEssentials
import Glibc
import Recording
import Testing
import WebSocketWire

@testable import Server

@Suite("BroadcastServer: what its loops report", .serialized)
struct ProfileTests {
    private struct Metrics: Decodable {
        let loops: [LoopReport]
    }

    private func reports(_ server: RunningServer) throws -> [LoopReport] {
        let response = try server.request("GET", "/api/profile")
        #expect(response.status == 200)
        let reports = try JSONDecoder().decode(LoopReports.self, from: Data(response.body))
        #expect(reports.schema == "broadside.loops/1")
        return reports.loops
    }

    private func histogram(_ name: String, _ report: LoopReport) throws -> LatencyHistogram {
        try .decodedV2(#require(report.histograms?[name]))
    }

    @Test("every message and every delivery is in the counters, whichever loop it was on", arguments: ServerVariant.all)
    func counts(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(6, "/relay")
        // Everybody is level with the stream from here on.
        try clients[0].send("first")
        for client in clients { #expect(try client.nextText() == "first") }
        let before = try reports(server)
        let messages = 50
        let frameBytes = FrameWriter.headerBytes(payloadBytes: 10, masked: false) + 10
        for number in 0..<messages {
            try clients[number % 6].send(.binary, [UInt8](repeating: UInt8(number), count: 10))
            for client in clients { _ = try client.next() }
        }
        // Histograms are reported as they were a tenth of a second ago at the most.
        usleep(200_000)
        let after = try reports(server)

        #expect(before.map(\.loop) == Array(0..<variant.threads))
        #expect(after.map(\.loop) == Array(0..<variant.threads))
        let gained = { (figure: KeyPath<LoopReport, UInt64>) in
            after.reduce(0) { $0 + $1[keyPath: figure] } - before.reduce(0) { $0 + $1[keyPath: figure] }
        }
        #expect(gained(\.broadcasts) == UInt64(messages))
        #expect(gained(\.deliveredBytes) == UInt64(messages * clients.count * frameBytes))
        #expect(gained(\.roundDeliveries) == UInt64(messages * clients.count))
        #expect(gained(\.missedMessages) == 0)
        for (earlier, later) in zip(before, after) where later.connections > 0 {
            // One message at a time, so each is a round of its own on each loop that has followers.
            #expect(later.roundFrames - earlier.roundFrames == later.rounds - earlier.rounds)
            #expect(later.turns > earlier.turns)
            #expect(later.kernelEntries > earlier.kernelEntries)
            #expect(later.stoppedSends == 0)
            #expect(later.queuedBytes - earlier.queuedBytes >= Int(later.deliveredBytes - earlier.deliveredBytes))
            #expect(try histogram("framesPerRound", later).count == later.rounds)
        }
        let sends = after.reduce(0) { $0 + $1.sends } - before.reduce(0) { $0 + $1.sends }
        // Each delivery is a send of its own here, and so was the answer to the first request.
        #expect(sends == messages * clients.count + 1)
    }

    @Test(
        "bytes made into frames and bytes appended to the log: each once for a message to /relay",
        arguments: ServerVariant.all.filter { $0.threads == 1 })
    func bytes(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(5, "/relay")
        var costs: [[UInt64]] = []
        var last = try #require(try reports(server).first)
        for _ in 0..<15 {
            try clients[0].send(.binary, [UInt8](repeating: 7, count: 64))
            for client in clients { _ = try client.next() }
            let next = try #require(try reports(server).first)
            let difference = next.since(last)
            costs.append([try #require(difference.copiedBytes), try #require(difference.appendedBytes)])
            last = next
        }
        // The median, since a little after the last client came its number is broadcast as well.
        for cost in 0...1 { #expect(costs.map { $0[cost] }.sorted()[7] == 66) }
    }

    @Test("stages are timed on the loops that accept messages", arguments: ServerVariant.all)
    func stages(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client("/relay")
        for number in 0..<20 {
            try client.send("\(number)")
            #expect(try client.nextText() == "\(number)")
        }
        for report in try reports(server) {
            let parsing = try histogram("parsingNanoseconds", report).count
            #expect(try histogram("sequencingNanoseconds", report).count == parsing)
            #expect(try histogram("queueingNanoseconds", report).count == parsing)
            #expect(parsing <= report.broadcasts)
            #expect((parsing > 0) == (report.broadcasts > 0))
            let sending = try histogram("sendingNanoseconds", report).count
            #expect(try histogram("totalNanoseconds", report).count == sending)
        }
    }

    @Test("the metrics have the same counters of each loop, without what is dear", arguments: ServerVariant.all)
    func metrics(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let clients = try server.clients(3, "/relay")
        try clients[1].send("hello")
        for client in clients { #expect(try client.nextText() == "hello") }
        let metrics = try JSONDecoder().decode(
            Metrics.self, from: Data(server.request("GET", "/api/metrics").body))
        #expect(metrics.loops.map(\.loop) == Array(0..<variant.threads))
        #expect(metrics.loops.reduce(0) { $0 + $1.connections } == 4)
        #expect(metrics.loops.reduce(0) { $0 + $1.roundDeliveries } == 3)
        for report in metrics.loops {
            #expect(report.histograms == nil)
            #expect(report.allocations == nil)
            #expect(report.waitingClients == 0)
            #expect(report.stalledClients == 0)
        }
    }

    @Test(
        "allocations are those of the loops' own threads",
        .enabled(if: Allocator.threadAllocatedBytes() != nil, "built without jemalloc"))
    func allocations() throws {
        let server = try RunningServer(ServerVariant.all[0])
        let allocations = { try #require(reports(server).first?.allocations) }
        let readings = [try allocations(), try allocations(), try allocations()]
        // What a request itself costs.
        let idle = readings[2] - readings[1]
        #expect(idle > 0)
        let kept = (0..<100_000).map { [$0] }
        let withOthers = try allocations() - readings[2]
        #expect(withOthers < idle + 50_000)
        #expect(kept.count == 100_000)
    }

    @Test("requests behind one that waits for the loops are answered in order", arguments: ServerVariant.all)
    func pipelining(variant: ServerVariant) throws {
        let server = try RunningServer(variant)
        let client = try server.client()
        let paths = ["/api/profile", "/nowhere", "/api/metrics", "/healthz", "/api/profile"]
        try client.write(paths.flatMap { RunningServer.request("GET", $0) })
        for path in paths { #expect(try client.response().status == (path == "/nowhere" ? 404 : 200)) }
    }
}
