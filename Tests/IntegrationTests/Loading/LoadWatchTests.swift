import FoundationEssentials
import Recording
import Testing

@Suite("broadside load: what is told while it runs")
struct LoadWatchTests {
    private func lines(of path: String) throws -> [String] {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }

    /// The histograms of a log with a tag, merged.
    private func merged(_ tag: String, in log: [String]) throws -> LatencyHistogram {
        let sum = LatencyHistogram()
        for line in log where line.hasPrefix("Tag=\(tag),") {
            let cells = line.split(separator: ",")
            try #require(cells.count == 5)
            sum.merge(try LatencyHistogram.decodedV2(String(cells[4])))
        }
        return sum
    }

    @Test("files of seconds hold what the result holds, and a result of its seconds adds up")
    func files() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let folder = try ScratchFolder()
        let (csv, log) = (folder.file("seconds.csv"), folder.file("latency.hlog"))
        let outcome = try LoadOutcome([
            server.url("/relay"), "--clients", "10", "--rate", "100", "--duration", "2s", "--warmup", "100ms",
            "--csv", csv, "--hdr-log", log,
        ])
        let result = outcome.result
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(result.deliveries.received == 2_000)
        #expect(
            try lines(of: csv)
                == (IntervalTable.header() + result.intervals.map { IntervalTable.row($0) }.joined())
                .split(separator: "\n").map(String.init))
        #expect(result.intervals.reduce(0) { $0 + ($1.expected ?? 0) } == result.deliveries.expected)
        #expect(result.intervals.reduce(0) { $0 + ($1.lost ?? 0) } == result.deliveries.lost)
        #expect(result.intervals.reduce(0) { $0 + ($1.receivedBytes ?? 0) } == 128 * result.deliveries.received)
        let logged = try lines(of: log)
        #expect(logged.prefix(4).map { $0.prefix(2) } == ["#[", "#[", "#[", "\"S"])
        #expect(logged.count == 4 + 2 * result.intervals.count)
        #expect(try merged("latency", in: logged).summary() == result.latency)
        #expect(try merged("scheduleLag", in: logged).count == UInt64(result.messages.published))
    }

    @Test("what was measured is in the files also where the load is killed")
    func killed() throws {
        let folder = try ScratchFolder()
        let (csv, log) = (folder.file("seconds.csv"), folder.file("latency.hlog"))
        let load = try BroadsideProgram.start([
            "load", "--clients", "3", "--duration", "60s", "--warmup", "0ms", "--csv", csv, "--hdr-log", log,
        ])
        defer { load.kill() }
        // The files are there once it has started, a header each.
        let reached = Deadline.reaches {
            let rows = try? lines(of: csv)
            let intervals = try? lines(of: log)
            return (rows?.count ?? 0) >= 2 && (intervals?.count ?? 0) >= 6
        }
        #expect(reached)
        load.kill()
        #expect(try lines(of: csv).count >= 2)
        #expect(try merged("latency", in: lines(of: log)).count > 0)
    }

    @Test("Prometheus finds the running load, and nothing else there")
    func metrics() throws {
        let load = try BroadsideProgram.start([
            "load", "--clients", "7", "--duration", "60s", "--warmup", "0ms", "--metrics-port", "0",
        ])
        defer { load.kill() }
        try #require(Deadline.reaches { load.errorText.contains("/metrics\n") })
        let line = try #require(load.errorLines.first)
        let url = try #require(line.wholeMatch(of: /broadside: metrics on (http:\/\/127\.0\.0\.1:\d+)\/metrics/)).1
        let get = { (arguments: [String]) throws -> String in
            try ChildProcess.run("curl", ["-sS", "-m", "10"] + arguments).outputText
        }
        #expect(
            try Deadline.reaches {
                let text = try get(["\(url)/metrics"])
                let received = text.split(separator: "\n").first { $0.hasPrefix("broadside_load_received_total ") }
                return text.contains("broadside_load_connected 7\n") && received != "broadside_load_received_total 0"
                    && received != nil
            })
        let status = ["-o", "/dev/null", "-w", "%{http_code} %{content_type}"]
        #expect(try get(status + ["\(url)/metrics"]) == "200 text/plain; version=0.0.4; charset=utf-8")
        #expect(try get(status + ["-X", "POST", "\(url)/metrics"]).hasPrefix("405"))
        #expect(try get(status + ["\(url)/"]).hasPrefix("404"))
        load.signal(2)
        #expect(load.wait() == 1)
    }

    @Test("a port that is taken ends the load before it begins, in one line")
    func takenPort() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let load = try BroadsideProgram.run(["load", server.url("/relay"), "--metrics-port", "\(server.port)"])
        #expect(load.exitCode == 1)
        #expect(load.errorLines.count == 1, "\(load.errorText)")
        #expect(load.errorText.contains("cannot listen on 127.0.0.1:\(server.port)"))
    }

    @Test("a file that cannot be written ends the load before it begins", arguments: ["--csv", "--hdr-log"])
    func unwritable(flag: String) throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let load = try BroadsideProgram.run(["load", server.url("/relay"), flag, "/nowhere/at/all"])
        #expect(load.exitCode == 1)
        #expect(load.errorLines.count == 1, "\(load.errorText)")
        #expect(load.errorText.contains("/nowhere/at/all"))
    }

    @Test("a threshold over windows that is not met: exit 2 unless the run is invalid, with the worst window")
    func windows() throws {
        let server = try TestServer("--relay", "--log-level", "error")
        defer { server.process.kill() }
        let outcome = try LoadOutcome([
            server.url("/relay"), "--clients", "2", "--rate", "20", "--duration", "3s", "--warmup", "0ms",
            "--threshold", "latency.p99<1ns over 2s", "--threshold", "deliveries.lost==0 over 1s",
            "--threshold", "latency.max<60s over 3s",
        ])
        #expect(outcome.exitCode == outcome.exitCodeOfFigures)
        #expect(outcome.result.thresholds.map(\.passed) == [false, true, true])
        #expect(
            outcome.result.thresholds.map(\.windowNanoseconds) == [2_000_000_000, 1_000_000_000, 3_000_000_000])
        #expect(outcome.result.thresholds.last?.worstWindowStartNanoseconds == 0)
        #expect(outcome.standardOutput.contains("threshold   NOT MET  latency.p99<1ns over 2s: "))
    }

    @Test(
        "wrong usage: exit 64 and one line",
        arguments: [
            ["--threshold", "latency.p99<1s over 5s", "--duration", "2s"],
            ["--threshold", "clients.connected==1 over 1s"], ["--metrics-port", "65536"], ["--metrics-port", "-1"],
            ["--csv", "/tmp/x", "--hdr-log", "/tmp/x"], ["--csv", "/tmp/x", "--output", "/tmp/x"],
        ])
    func wrongUsage(arguments: [String]) throws {
        let load = try BroadsideProgram.run(["load", "ws://127.0.0.1:9/"] + arguments)
        #expect(load.exitCode == 64)
        #expect(load.errorLines.count == 1, "\(load.errorText)")
        #expect(load.outputText.isEmpty)
    }

    @Test("without a terminal progress is whole lines, without control characters")
    func plainProgress() throws {
        let outcome = try LoadOutcome([
            "--clients", "3", "--duration", "2s", "--warmup", "0ms", "--progress", "on",
        ])
        let text = outcome.standardError
        #expect(text.hasSuffix("\n"))
        #expect(text.contains("3/3 clients"))
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    }
}
