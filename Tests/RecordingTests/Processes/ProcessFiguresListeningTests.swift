import Glibc
import Testing

@testable import Recording

@Suite("ProcessFigures: who listens")
struct ProcessFiguresListeningTests {
    private static let table = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:0BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1079 1 0 100 0 0 10 0
           1: 0100007F:0BB9 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 1080 1 0 20 4 30 10 -1
           2: 0100007F:D431 0100007F:0BB9 01 00000000:00000000 00:00000000 00000000     0        0 1081 1 0 20 4 30 10 -1
           3: 00000000:0BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1082 1 0 100 0 0 10 0
           4: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1083 1 0 100 0 0 10 0
        """
    private static let table6 = """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000000000000000000001000000:0BB9 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2001 1 0 100 0 0 10 0
        """

    @Test(
        "only sockets that listen on the port are taken",
        arguments: [(3_001, [1_079, 1_082]), (8_080, [1_083]), (54_321, [])] as [(UInt16, [UInt64])])
    func inodes(port: UInt16, expected: [UInt64]) {
        #expect(ProcessFigures.listeningInodes(inTable: Self.table, port: port) == expected)
    }

    @Test("addresses of IPv6 are read alike")
    func inodes6() {
        #expect(ProcessFigures.listeningInodes(inTable: Self.table6, port: 3_001) == [2_001])
    }

    @Test("what is no table holds no sockets", arguments: ["", "\n\n", "0: :: x 0A", "a b c 0A e f g h i j"])
    func noTable(text: String) {
        #expect(ProcessFigures.listeningInodes(inTable: text, port: 0) == [])
    }

    @Test("a socket that this process opened is found by its port, and only while it listens")
    func own() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        // sockaddr_in is laid out to be passed as a sockaddr (ip(7)).
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
                    ? UInt16(bigEndian: pointer.pointee.sin_port) : 0
            }
        }
        try #require(port != 0)
        #expect(ProcessFigures.listening(onPort: port) == nil)
        try #require(listen(descriptor, 1) == 0)
        #expect(ProcessFigures.listening(onPort: port) == getpid())
    }
}
