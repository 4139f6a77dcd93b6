import Testing

@testable import Transport

@Suite("ApplicationProtocols")
struct ApplicationProtocolsTests {
    /// `h2` and `http/1.1` as in RFC 7301 §3.1, with the identification sequences of its §6 and of RFC 7540 §11.1.
    private static let both: [UInt8] = [
        0x02, 0x68, 0x32, 0x08, 0x68, 0x74, 0x74, 0x70, 0x2f, 0x31, 0x2e, 0x31,
    ]

    private func range(of name: String, in list: [UInt8]) -> Range<Int>? {
        list.withUnsafeBufferPointer { ApplicationProtocols.range(of: name, in: $0) }
    }

    @Test("names stand behind their lengths")
    func encodes() {
        #expect(ApplicationProtocols.encode(["h2", "http/1.1"]) == Self.both)
        #expect(ApplicationProtocols.encode([]) == [])
    }

    @Test("a name is found wherever it stands")
    func finds() {
        #expect(range(of: "http/1.1", in: Self.both) == 4..<12)
        #expect(range(of: "h2", in: Self.both) == 1..<3)
        #expect(range(of: "http/1.1", in: Array(Self.both[3...])) == 1..<9)
    }

    @Test("a name that is not there is not found, not even within another one")
    func misses() {
        #expect(range(of: "http/1.1", in: [2, 0x68, 0x32]) == nil)
        #expect(range(of: "http/1.1", in: ApplicationProtocols.encode(["xhttp/1.1", "http/1.10", "http/1."])) == nil)
        #expect(range(of: "http/1.1", in: []) == nil)
    }

    @Test("a list that is cut anywhere is read up to there", arguments: 0..<12)
    func cut(count: Int) {
        #expect(range(of: "http/1.1", in: Array(Self.both[..<count])) == nil)
        #expect(range(of: "h2", in: Array(Self.both[..<count])) == (count < 3 ? nil : 1..<3))
    }

    @Test("empty names are passed over")
    func emptyNames() {
        #expect(range(of: "http/1.1", in: [0, 0] + Self.both) == 6..<14)
        #expect(range(of: "http/1.1", in: [0]) == nil)
    }
}
