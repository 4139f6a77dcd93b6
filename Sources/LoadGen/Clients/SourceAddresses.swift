import Glibc
import Transport

/// The local addresses that clients connect from, in turn: each has its own 28,000 ports or so toward one server.
///
/// At most `limit` addresses. IPv4, one address or a range of them (`127.0.0.2-127.0.0.9`), or one of IPv6.
package struct SourceAddresses: Sendable {
    package static let limit = 4_096

    private let addresses: [SocketAddress]

    /// - Parameter text: `A` or `A-B`, numeric.
    package init(parsing text: String) throws(SourceAddressError) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count <= 2, let first = ends.first, let last = ends.last else { throw .malformed(text) }
        if ends.count == 1, let address = Self.address(first) {
            addresses = [address]
            return
        }
        guard let low = Self.number(first), let high = Self.number(last) else { throw .malformed(text) }
        guard low <= high else { throw .reversed(text) }
        guard high - low < UInt32(Self.limit) else { throw .tooMany(text) }
        addresses = (low...high).compactMap { Self.address(Self.text($0)) }
    }

    package var count: Int { addresses.count }

    /// Where that client connects from.
    package func address(ofClient index: Int) -> SocketAddress { addresses[index % addresses.count] }

    private static func address(_ text: String) -> SocketAddress? {
        guard number(text) != nil || isVersion6(text) else { return nil }
        return try? SocketAddress.resolve(host: text, port: 0)
    }

    private static func isVersion6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    /// Nil where the text is no address of IPv4.
    private static func number(_ text: String) -> UInt32? {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1 ? UInt32(bigEndian: address.s_addr) : nil
    }

    private static func text(_ number: UInt32) -> String {
        "\(number >> 24).\(number >> 16 & 0xff).\(number >> 8 & 0xff).\(number & 0xff)"
    }
}
