/// What both ends agreed on for permessage-deflate (RFC 7692 §7.1).
///
/// Window bits are the binary logarithm of an LZ77 window in bytes: how far back compressed data refers at most.
package struct DeflateParameters: Equatable, Sendable {
    static let extensionName = "permessage-deflate"
    static let largestWindowBits = 15
    /// The smallest window that zlib compresses raw deflate data with; it inflates with any.
    static let smallestDeflaterWindowBits = 9

    /// Of what the server compresses: 9...15 with our server; another one's answer may also say 8.
    package let serverMaximumWindowBits: Int
    /// Of what the client compresses: 8...15.
    package let clientMaximumWindowBits: Int
    /// Whether the server begins each message with an empty window.
    package let serverNoContextTakeover: Bool
    /// Whether the client begins each message with an empty window. Where it need not, it still may.
    package let clientNoContextTakeover: Bool

    /// The window for a client's `Deflater`: 9...15, the largest one that neither end minds. Nil where the agreement
    /// is 8, which zlib cannot keep to: such a client sends its messages uncompressed, as RFC 7692 §6 allows.
    ///
    /// - Parameter wantedBits: 9...15; a smaller window takes less memory.
    package func clientDeflaterWindowBits(atMost wantedBits: Int = 15) -> Int? {
        precondition((Self.smallestDeflaterWindowBits...Self.largestWindowBits).contains(wantedBits))
        guard clientMaximumWindowBits >= Self.smallestDeflaterWindowBits else { return nil }
        return min(wantedBits, clientMaximumWindowBits)
    }
}
