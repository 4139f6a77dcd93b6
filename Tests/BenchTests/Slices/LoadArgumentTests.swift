import Testing

@testable import Bench

@Suite("LoadArgument")
struct LoadArgumentTests {
    @Test(
        "clients, bytes and messages in flight",
        arguments: [
            ("100:64:16", SliceLoad(clients: 100, messageBytes: 64, inFlight: 16)),
            ("1000:48:4", SliceLoad(clients: 1_000, messageBytes: 48, inFlight: 4)),
            ("100:16k:4", SliceLoad(clients: 100, messageBytes: 16_384, inFlight: 4)),
            ("1:1M:1", SliceLoad(clients: 1, messageBytes: 1_048_576, inFlight: 1)),
            ("100:64:500/s", SliceLoad(clients: 100, messageBytes: 64, ratePerSecond: 500)),
            ("10:1k:1000000/s", SliceLoad(clients: 10, messageBytes: 1_024, ratePerSecond: 1_000_000)),
        ])
    func parsed(text: String, expected: SliceLoad) throws {
        #expect(try LoadArgument(parsing: text).load == expected)
    }

    @Test(
        "what is no load is told apart",
        arguments: [
            "", "100", "100:64", "100:64:1:1", "::", "a:64:1", "-1:64:1", "100:64g:1", "1k:64:1", "100:k:1",
            "100:64:/s", "100:64:-5/s", "100:64:1.5/s", "100:64:5k/s", "100:64:5/m", "100:64:5 /s", "100:64/s:1",
            "100:64:s",
        ])
    func malformed(text: String) {
        let error = LoadArgumentError.malformed(text)
        #expect(throws: error) { try LoadArgument(parsing: text) }
        #expect(error.description.contains("CLIENTS:BYTES:INFLIGHT"))
        #expect(error.description.contains("CLIENTS:BYTES:RATE/s"))
    }

    @Test(
        "what is out of range is told with the range",
        arguments: [
            ("0:64:1", "clients"), ("100:47:1", "bytes"), ("100:64:0", "messages in flight"),
            ("100:9223372036854775807k:1", "bytes"), ("1000001:64:1", "clients"),
            ("100:64:0/s", "messages a second"), ("100:64:1000001/s", "messages a second"),
        ])
    func outOfRange(text: String, what: String) throws {
        let error = try #require(throws: LoadArgumentError.self) { try LoadArgument(parsing: text) }
        #expect(error.description.contains(" \(what), found "))
    }
}
