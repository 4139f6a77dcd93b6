import LoadGen
import Testing

@Suite("ClientGroups")
struct ClientGroupsTests {
    private static func group(_ name: String, _ clients: Range<Int>) -> ClientGroup {
        ClientGroup(name: name, clients: clients, path: nil, headers: [], subscribe: [])
    }

    @Test("each client is of the group in whose range it is")
    func lookUp() {
        let groups = ClientGroups([Self.group("a", 0..<1), Self.group("b", 1..<10), Self.group("c", 10..<12)])
        #expect(groups.clientCount == 12)
        #expect(!groups.isEmpty)
        let names = (0..<13).map { groups.group(ofClient: $0)?.name }
        let expected: [String?] = ["a", "b", "b", "b", "b", "b", "b", "b", "b", "b", "c", "c", nil]
        #expect(names == expected)
    }

    @Test("without groups no client has one")
    func none() {
        #expect(ClientGroups().isEmpty)
        #expect(ClientGroups().clientCount == 0)
        #expect(ClientGroups().group(ofClient: 0)?.name == nil)
    }

    @Test("a gap is a programmer error")
    func gap() async {
        await #expect(processExitsWith: .failure) {
            _ = ClientGroups([ClientGroup(name: "a", clients: 1..<2, path: nil, headers: [], subscribe: [])])
        }
    }
}
