import Testing

@testable import Server

@Suite("ClientID")
struct ClientIDTests {
    @Test(
        "a name reads back as the client it names",
        arguments: [
            (ClientID(loop: 0, slot: 12, generation: 3), "c0-12-3"),
            (ClientID(loop: 0, slot: 0, generation: 0), "c0-0-0"),
            (
                ClientID(loop: .max, slot: .max, generation: .max),
                "c9223372036854775807-9223372036854775807-4294967295"
            ),
            (ClientID(loop: 10, slot: 100, generation: 1009), "c10-100-1009"),
        ])
    func roundTrip(id: ClientID, name: String) {
        #expect(id.description == name)
        #expect(ClientID(parsing: name) == id)
        #expect(ClientID(parsing: name[...]) == id)
    }

    @Test(
        "nothing else is a name",
        arguments: [
            "", "c", "c-", "c--", "c1", "c1-2", "c1-2-", "c-2-3", "c1--3", "c1-2-3-", "c1-2-3-4", "1-2-3", "d1-2-3",
            "C1-2-3", " c1-2-3", "c1-2-3 ", "c 1-2-3", "c01-2-3", "c1-02-3", "c1-2-03", "c00-0-0", "c+1-2-3", "c1-+2-3",
            "c1-2-+3", "c-1-2-3", "c1--2-3", "c1-2--3", "c1_2_3", "c1-2-x", "cx-2-3", "c0x1-2-3", "c1-2-3.0",
            "c9223372036854775808-0-0", "c0-9223372036854775808-0", "c0-0-4294967296", "c0-0-42949672950",
            "c18446744073709551616-0-0", "c0-0-99999999999999999999999999999999999999", "c١-2-3", "c1-2-３",
            "c1.0-2-3", "c1\u{0}-2-3", "ĉ1-2-3", "c1-2-3\u{301}", "c1%2D2-3",
        ])
    func refused(name: String) {
        #expect(ClientID(parsing: name) == nil)
    }

    @Test("a name cut off anywhere is no name, or another one")
    func truncation() {
        let name = "c12-345-6789"
        let whole = ClientID(parsing: name)
        #expect(whole != nil)
        for count in 0..<name.count {
            #expect(ClientID(parsing: name.prefix(count)) != whole)
        }
    }
}
