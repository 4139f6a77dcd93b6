import COpenSSL
import Transport

/// The tokens that let a client in.
///
/// Holds their SHA-256 digests, not the tokens. A value that never changes, so any thread may ask. A question costs
/// one digest of what was presented, and some ten operations on words for each token in the set.
package struct TokenSet: Sendable {
    package static let maximumFileBytes = 1 << 20
    /// Half of what the head of a request may have, so that every token in the set can be presented.
    static let maximumTokenBytes = 4096

    private static let wordsPerDigest = 4

    /// Four words a token.
    private let digests: [UInt64]

    /// The tokens of a file: one a line, without white space around it. Empty lines and those that begin with `#` do
    /// not count.
    ///
    /// A token has the characters that both `Authorization: Bearer` (b64token, RFC 6750 §2.1) and
    /// `Sec-WebSocket-Protocol` (token, RFC 9110 §5.6.2) can carry: letters, digits and `-._~+`.
    package init(parsing bytes: [UInt8]) throws(TokenFileFailure) {
        var digests: [UInt64] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let token = Self.trimmed(line)
            guard let first = token.first, first != UInt8(ascii: "#") else { continue }
            if let bad = token.firstIndex(where: { !Self.isTokenByte($0) }) {
                throw .badByte(token[bad], line: index + 1, column: bad - line.startIndex + 1)
            }
            guard token.count <= Self.maximumTokenBytes else { throw .tokenTooLong(line: index + 1) }
            digests += Self.digest(token)
        }
        guard !digests.isEmpty else { throw .noToken }
        self.digests = digests
    }

    /// - Throws: `TokenFileFailure`, or `SystemError` where the file cannot be read.
    package static func read(file path: String) throws -> TokenSet {
        let bytes = try InputFile.read(path, limitBytes: maximumFileBytes + 1)
        guard bytes.count <= maximumFileBytes else { throw TokenFileFailure.fileTooLarge }
        return try TokenSet(parsing: bytes)
    }

    /// Whether `presented` is one of the tokens.
    ///
    /// How long this takes depends on the number of tokens and on the length of `presented`, on nothing else: all
    /// digests are compared to their ends, without a branch. So time tells nothing of how close a guess is.
    package func accepts(_ presented: some Collection<UInt8>) -> Bool {
        let digest = Self.digest(presented)
        var matches: UInt64 = 0
        for start in stride(from: 0, to: digests.count, by: Self.wordsPerDigest) {
            var difference: UInt64 = 0
            for word in 0..<Self.wordsPerDigest {
                difference |= digests[start + word] ^ digest[word]
            }
            // Of a number and its negative one at least has the top bit, unless the number is 0.
            matches |= ~(difference | (0 &- difference)) >> 63
        }
        return matches != 0
    }

    private static func digest(_ token: some Collection<UInt8>) -> [UInt64] {
        let text = Array(token)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = SHA256(text, text.count, &digest)
        return (0..<wordsPerDigest).map { word in
            digest[(word * 8)..<(word * 8 + 8)].reduce(0 as UInt64) { value, byte in value << 8 | UInt64(byte) }
        }
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let tail = line.drop { isWhiteSpace($0) }
        guard let last = tail.lastIndex(where: { !isWhiteSpace($0) }) else { return tail }
        return tail[...last]
    }

    /// Of ASCII: the space, and those from the tab to the carriage return.
    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"): true
        default: false
        }
    }
}
