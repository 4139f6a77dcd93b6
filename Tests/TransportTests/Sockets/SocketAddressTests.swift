import Testing

@testable import Transport

@Suite("SocketAddress")
struct SocketAddressTests {
    @Test(
        "a literal address resolves to itself",
        arguments: [("127.0.0.1", true), ("::1", true), ("192.0.2.7", false)])
    func resolvesLiterals(host: String, isLoopback: Bool) throws {
        let address = try SocketAddress.resolve(host: host, port: 3001)
        #expect(address.host == host)
        #expect(address.port == 3001)
        #expect(address.isLoopback == isLoopback)
    }

    @Test("an IPv4 address mapped into IPv6 is loopback where the IPv4 address is")
    func knowsMappedLoopback() throws {
        #expect(try SocketAddress.resolve(host: "::ffff:127.0.0.9", port: 1).isLoopback)
        #expect(try !SocketAddress.resolve(host: "::ffff:192.0.2.7", port: 1).isLoopback)
    }

    @Test("localhost is loopback")
    func resolvesLocalhost() throws {
        let address = try SocketAddress.resolve(host: "localhost", port: 80)
        #expect(address.isLoopback)
        #expect(address.port == 80)
    }

    @Test("a name that does not exist is an error of one line that names it")
    func refusesNonsense() {
        let error = #expect(throws: AddressError.self) {
            try SocketAddress.resolve(host: "nonsense..invalid", port: 80)
        }
        #expect(error?.host == "nonsense..invalid")
        #expect(error?.description.hasPrefix("cannot resolve nonsense..invalid: ") == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test("an address of no family has no port and an unknown host")
    func unknownFamily() {
        let address = SocketAddress()
        #expect(address.host == "unknown")
        #expect(address.port == 0)
        #expect(!address.isLoopback)
    }
}
