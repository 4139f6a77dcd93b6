/// Why a file gives no set of tokens. Tells where, and never a token: messages end up in logs.
package enum TokenFileFailure: Error, Equatable, CustomStringConvertible {
    /// Line and column (in bytes) count from 1.
    case badByte(UInt8, line: Int, column: Int)
    case tokenTooLong(line: Int)
    case fileTooLarge
    case noToken

    package var description: String {
        switch self {
        case .badByte(let byte, let line, let column):
            "line \(line), column \(column): expected letters, digits and -._~+ (base64url without = is fine), found "
                + Self.text(byte)
        case .tokenTooLong(let line):
            "line \(line): expected a token of at most \(TokenSet.maximumTokenBytes) bytes, found a longer one"
        case .fileTooLarge:
            "expected a file of at most \(TokenSet.maximumFileBytes) bytes, found a larger one"
        case .noToken:
            "expected one token a line, found none"
        }
    }

    private static func text(_ byte: UInt8) -> String {
        switch byte {
        case 0x20: "a space"
        case 0x21...0x7E: "\(Character(UnicodeScalar(byte)))"
        default: "the byte 0x" + String(byte, radix: 16, uppercase: true)
        }
    }
}
