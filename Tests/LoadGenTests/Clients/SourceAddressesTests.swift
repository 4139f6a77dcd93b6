import Testing

@testable import LoadGen

@Suite("SourceAddresses")
struct SourceAddressesTests {
    @Test("clients take the addresses in turn")
    func range() throws {
        let addresses = try SourceAddresses(parsing: "127.0.0.254-127.0.1.1")
        #expect(addresses.count == 4)
        let hosts = (0..<5).map { addresses.address(ofClient: $0).host }
        #expect(hosts == ["127.0.0.254", "127.0.0.255", "127.0.1.0", "127.0.1.1", "127.0.0.254"])
        #expect(addresses.address(ofClient: 0).port == 0)
    }

    @Test("a single one, of either version", arguments: ["127.0.0.3", "::1"])
    func single(text: String) throws {
        let addresses = try SourceAddresses(parsing: text)
        #expect(addresses.count == 1)
        #expect(addresses.address(ofClient: 7).host == text)
    }

    @Test(
        "anything else is told",
        arguments: [
            "", "-", "localhost", "127.0.0.1-", "-127.0.0.1", "127.0.0", "127.0.0.1-2", "127.0.0.1-127.0.0.2-127.0.0.3",
            "::1-::2", "127.0.0.256",
        ])
    func malformed(text: String) {
        #expect(throws: SourceAddressError.malformed(text)) { try SourceAddresses(parsing: text) }
    }

    @Test("the order and the number have to be right")
    func bounds() {
        #expect(throws: SourceAddressError.reversed("127.0.0.2-127.0.0.1")) {
            try SourceAddresses(parsing: "127.0.0.2-127.0.0.1")
        }
        #expect(throws: SourceAddressError.tooMany("10.0.0.0-10.0.16.0")) {
            try SourceAddresses(parsing: "10.0.0.0-10.0.16.0")
        }
        #expect((try? SourceAddresses(parsing: "10.0.0.0-10.0.15.255"))?.count == 4_096)
    }
}
