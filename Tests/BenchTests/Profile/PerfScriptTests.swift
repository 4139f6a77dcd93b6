import Testing

@testable import Bench

@Suite("PerfScript")
struct PerfScriptTests {
    @Test("a recorded text gives each sample with all of its frames, the innermost first")
    func recorded() throws {
        let samples = PerfScript.samples(in: PerfScriptSample.text)
        #expect(samples.map(\.frames.count) == [10, 20, 20, 10])
        #expect(samples.allSatisfy { $0.thread == "broadside" && $0.frames.last?.symbol == "clone3" })
        let kernel = try #require(samples[1].frames.first)
        #expect(kernel == .init(symbol: "tcp_sendmsg_locked", object: "[kernel.kallsyms]"))
        #expect(samples[1].frames[10] == .init(symbol: nil, object: "/usr/lib/x86_64-linux-gnu/liburing.so.2.3"))
    }

    @Test("names with spaces and parentheses are whole")
    func spaces() {
        let text = """
            V8 Worker (2) 77
                    1a2b v8::Isolate::Call(int, char const*) (/usr/lib/my server (deleted))
                      ff operator() (/opt/x)

            """
        #expect(
            PerfScript.samples(in: text) == [
                PerfSample(
                    thread: "V8 Worker (2)",
                    frames: [
                        .init(symbol: "v8::Isolate::Call(int, char const*) (/usr/lib/my server", object: "deleted)"),
                        .init(symbol: "operator()", object: "/opt/x"),
                    ])
            ])
    }

    @Test("addresses in nothing at the end of a stack are no frames")
    func strays() {
        let text = "x 1\n\t 10 f (/bin/x)\n\t 20 [unknown] ([unknown])\n\t 30 [unknown] ([unknown])\n"
        #expect(
            PerfScript.samples(in: text) == [PerfSample(thread: "x", frames: [.init(symbol: "f", object: "/bin/x")])])
    }

    @Test(
        "what is no sample is left out",
        arguments: [
            "", "\n\n\n", "x 1\n\n", "\t 10 f (/bin/x)\n", "x 1\n\tnothing\n\t zz f (/bin/x)\n\t 10 f /bin/x\n",
        ])
    func noSamples(text: String) {
        #expect(PerfScript.samples(in: text).isEmpty)
    }
}
