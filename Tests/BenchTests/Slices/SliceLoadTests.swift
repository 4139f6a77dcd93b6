import FoundationEssentials
import LoadGen
import Testing

@testable import Bench

@Suite("SliceLoad")
struct SliceLoadTests {
    private static let closed = SliceLoad(clients: 1_000, messageBytes: 16_384, inFlight: 4)
    private static let open = SliceLoad(clients: 100, messageBytes: 64, ratePerSecond: 1_200)

    @Test("a load in words tells the two kinds of loops apart")
    func description() {
        #expect(Self.closed.description == "1,000 clients, 16 KiB, 4 in flight")
        #expect(Self.open.description == "100 clients, 64 B, 1.20 k/s open loop")
        #expect(
            SliceLoad(clients: 1, messageBytes: 64, ratePerSecond: 500).description
                == "1 clients, 64 B, 500 /s open loop")
    }

    @Test("what the generator is told")
    func arrival() {
        #expect(Self.closed.arrival == .closed(inFlight: 4))
        #expect(Self.open.arrival == .open(ratePerSecond: 1_200))
    }

    @Test("both kinds are read again, and a file from before there were open loops")
    func coding() throws {
        for load in [Self.closed, Self.open] {
            #expect(try JSONDecoder().decode(SliceLoad.self, from: JSONEncoder().encode(load)) == load)
        }
        let old = Data(#"{"clients":1000,"inFlight":4,"messageBytes":16384}"#.utf8)
        #expect(try JSONDecoder().decode(SliceLoad.self, from: old) == Self.closed)
    }
}
