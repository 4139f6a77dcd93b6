import Testing

@Suite("The command line: wrong usage")
struct CommandLineTests {
    struct Mistake: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        var exitCode: Int32 = 64
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let serveMistakes = [
        ["--bogus"], ["--port"], ["--port", "x"], ["--port", "70000"], ["--port", "-1"], ["--port=-1"],
        ["--port", ""],
        ["--threads", "0"], ["--threads", "99999"], ["--io", "kqueue"], ["--max-clients", "0"],
        ["--max-clients", "99999999999"], ["--backlog-bytes", "5"],
        ["--max-message-bytes", "1048576", "--backlog-bytes", "2097151"],
        ["--max-message-bytes", "9223372036854775807"], ["--max-message-bytes", "99999999999999999999"],
        ["--max-message-bytes", "0"], ["--heartbeat-interval", "nan"], ["--heartbeat-interval", "0"],
        ["--heartbeat-interval", "1e400"], ["--handshake-timeout", "inf"], ["--drain-timeout=-1"],
        ["--flush-interval-us=-1"], ["--flush-interval-us", "9999999"], ["--log-level", "loud"],
        ["--log-format", "xml"], ["--slow-client", "wait"], ["--relay=yes"],
        ["extra"],
        ["--host", "nohost.invalid", "--port", "0"],
    ].map { Mistake(arguments: ["serve"] + $0, exitCode: $0.contains("nohost.invalid") ? 1 : 64) }

    static let urlMistakes = [
        "", "foo", "http://localhost/", "ws://", "ws:///path", "ws://:1/", "ws://h:0/", "ws://h:99999/",
        "ws://h:x/",
        "ws://[::1/", "ws://h:1/a b", "ws://h:1/#fragment", "ws://user@h:1/",
    ].map { Mistake(arguments: ["load", $0]) }

    static let loadMistakes = [
        ["--bogus"], ["--clients"], ["--clients", "0"], ["--clients=-5"], ["--clients", "99999999999"],
        ["--clients", "5", "--publishers", "6"], ["--publishers", "0"], ["--rate", "0"], ["--rate", "nan"],
        ["--rate=-1"], ["--rate", "1e300"], ["--in-flight", "0"], ["--in-flight", "2", "--rate", "3"],
        ["--duration", "5"], ["--duration", "5h"], ["--duration", ""], ["--duration", "0s"],
        ["--duration", "nans"],
        ["--duration", "99999999999999999999s"], ["--duration", "1e308s"], ["--duration=-5s"],
        ["--warmup", "x"],
        ["--grace", "1"], ["--connect-timeout", "0ms"], ["--connect-rate", "0"], ["--message-bytes", "3"],
        ["--message-bytes", "99999999999"], ["--header", "no colon"], ["--header", ": x"],
        ["--header", "a: b\r\nc: d"], ["--header", "a b: c"], ["--token", "x\r\ny: z"],
        ["--subprotocol", "a b"],
        ["--subprotocol", ""], ["--threshold", ""], ["--threshold", "foo<1"],
        ["--threshold", "latency.p99<1"],
        ["--threshold", "latency.p99=5ms"], ["--reconnect", "maybe"], ["--reconnect-jitter", "2"],
        ["--format", "xml"], ["--server-pid", "x"], ["--seed=-1"], ["--mode", "shout"], ["--progress", "x"],
        ["--payload", "none"], ["--payload", "stamp", "--io", "uring"], ["extra"],
        ["--slow-readers=-1"], ["--clients", "5", "--slow-readers", "5"], ["--slow-readers", "x"],
        ["--clients", "5", "--publishers", "3", "--slow-readers", "3"], ["--slow-read-rate", "100"],
        ["--slow-readers", "1", "--slow-read-rate", "0"],
        ["--slow-readers", "1", "--slow-read-rate", "9", "--payload", "stamp"],
        ["--churn", "0"], ["--churn", "nan"], ["--vanish=-1"], ["--storm", "5s"], ["--storm", "5s:0%"],
        ["--storm", "10s:50%"], ["--clients", "1", "--churn", "1"],
        ["--clients", "4", "--publishers", "2", "--slow-readers", "2", "--vanish", "1"],
        ["--mode", "reflect", "--churn", "1"], ["--mode", "reflect", "--slow-readers", "1"],
    ].map { Mistake(arguments: ["load", "ws://127.0.0.1:9/"] + $0) }

    static let messageMistakes = [
        ["--message", "no stamp"], ["--message", "{{stamp}} {{bogus}}"], ["--message", "{{stamp}"],
        ["--message", "{{stamp}} {{random:0}}"], ["--message", "{{stamp}}", "--message-file", "/dev/null"],
        ["--message-file", "/dev/null"], ["--message", "{{stamp}}", "--data", "/dev/null"],
        ["--subscribe", "{{stamp}}"], ["--subscribe", "{{sequence}}"], ["--subscribed", ""],
        ["--sender-receives", "maybe"], ["--sender-receives", "off", "--clients", "1"],
        ["--sender-receives", "off", "--mode", "echo"], ["--publish-header", "a: b"],
        ["--publish-url", "http://127.0.0.1:9/"], ["--publish-url", "ws://127.0.0.1:9/", "--message", "{{stamp}}"],
        ["--publish-url", "http://127.0.0.1:9/", "--message", "{{stamp}}", "--mode", "echo"],
        ["--publish-url", "http://127.0.0.1:9/", "--message", "{{stamp}}", "--publish-header", "Content-Length: 1"],
        ["--publish-url", "http://127.0.0.1:9/", "--message", "{{stamp}}", "--publish-header", "x"],
    ].map { Mistake(arguments: ["load", "ws://127.0.0.1:9/"] + $0) }

    static let compareMistakes =
        [
            [], ["--arm", "a=x {port}"], ["--arm", "b=x {port}", "--arm", "b=x {port}"],
            ["--arm", "c", "--arm", "d=x {port}"],
            ["--arm", "a=x", "--arm", "b=x {port}"], ["--arm", "a='x {port}", "--arm", "b=x {port}"],
            ["--arm", "a@nowhere=x {port}", "--arm", "b=x {port}"],
        ].map { Mistake(arguments: ["compare"] + $0) }
        + [
            ["--path", "relay"], ["--mode", "idle"], ["--load", "1:2"], ["--load", "0:64:1"], ["--load", "1:2:1"],
            ["--load", "x:64:1"],
            ["--sets", "0"], ["--slices", "0"], ["--slice", "30"], ["--slice", "1us"], ["--server-cpus", "99"],
            ["--load-cpus", "x"], ["--ready-timeout", "0s"], ["--io", "kqueue"],
            ["--payload", "stamp", "--io", "uring"],
        ].map { Mistake(arguments: ["compare", "--arm", "a=x {port}", "--arm", "b=x {port}"] + $0) }

    static let profileMistakes = [
        ["--bogus"], ["foo"], ["--clients", "0"], ["--publishers", "101"], ["--rate", "0"], ["--in-flight", "0"],
        ["--in-flight", "2", "--rate", "3"], ["--duration", "5"], ["--warmup", "x"], ["--message-bytes", "3"],
        ["--threads", "0"], ["--threads", "2", "ws://127.0.0.1:9/"], ["--server-pid", "1"], ["--server-pid", "x"],
        ["--format", "csv"], ["--output", ""], ["--io", "kqueue"], ["ws://127.0.0.1:9/", "extra"],
    ].map { Mistake(arguments: ["profile"] + $0) }

    @Test(
        "is answered with 64 and exactly one line",
        arguments: [Mistake(arguments: ["bogus"]), Mistake(arguments: ["--bogus"])] + serveMistakes
            + [Mistake(arguments: ["report"]), Mistake(arguments: ["report", "--bogus"])]
            + urlMistakes + loadMistakes + messageMistakes + compareMistakes + profileMistakes)
    func wrongUsage(mistake: Mistake) throws {
        let child = try BroadsideProgram.run(mistake.arguments)
        #expect(child.exitCode == mistake.exitCode)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.hasPrefix("broadside: "))
        #expect(child.outputText.isEmpty)
    }

    @Test(
        "a server that is not there ends the load with 1 and one line",
        arguments: ["ws://127.0.0.1:9/", "ws://nohost.invalid:9/"])
    func nobodyThere(url: String) throws {
        let child = try BroadsideProgram.run(["load", url, "--clients", "3"])
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.outputText.isEmpty)
    }

    @Test(
        "a result file that cannot be written ends with 1 and one line",
        arguments: ["/nonexistent/r.json", "/tmp", "/dev/full"])
    func unwritableOutput(path: String) throws {
        let child = try BroadsideProgram.run(
            ["load", "--clients", "2", "--duration", "50ms", "--warmup", "0ms", "--output", path])
        #expect(child.exitCode == 1)
        #expect(child.errorLines.count == 1, "\(child.errorText)")
        #expect(child.errorText.contains(path))
    }

    @Test(
        "help and version are for standard output and exit with 0",
        arguments: [["--help"], ["--version"], ["serve", "--help"], ["load", "--help"], ["profile", "--help"]])
    func help(arguments: [String]) throws {
        let child = try BroadsideProgram.run(arguments)
        #expect(child.exitCode == 0)
        #expect(!child.outputText.isEmpty)
        #expect(child.errorText.isEmpty)
    }
}
