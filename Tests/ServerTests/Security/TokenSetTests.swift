import Foundation
import Testing
import Transport

@testable import Server

@Suite("TokenSet")
struct TokenSetTests {
    private static let longest = String(repeating: "x", count: TokenSet.maximumTokenBytes)

    private func tokenSet(_ text: String) throws -> TokenSet { try TokenSet(parsing: Array(text.utf8)) }

    @Test(
        "a file has one token a line; white space, empty lines and comments do not count",
        arguments: [
            ("secret", ["secret"]), ("secret\n", ["secret"]), ("one\ntwo\nthree", ["one", "two", "three"]),
            ("a\r\nb\r\n", ["a", "b"]), (" \t a \u{b}\u{c}\n", ["a"]), ("\n\n  \n\t\na\n\n", ["a"]),
            ("# a comment, with (any) \u{e9}\na\n  # b\n#c\n", ["a"]), ("a\na\n", ["a"]),
            ("AZaz09-._~+\n", ["AZaz09-._~+"]), ("x", ["x"]), (TokenSetTests.longest, [TokenSetTests.longest]),
        ] as [(String, [String])])
    func accepted(text: String, tokens: [String]) throws {
        let set = try tokenSet(text)
        for token in tokens {
            #expect(set.accepts(token.utf8))
            #expect(!set.accepts("\(token)x".utf8))
            #expect(!set.accepts("\(token)\n".utf8))
            #expect(!set.accepts(" \(token)".utf8))
        }
        for other in ["", "#c", "# b", "b\r", "\r", "c", "#"] { #expect(!set.accepts(other.utf8)) }
    }

    @Test(
        "a file that is none is refused, with the place",
        arguments: [
            ("", .noToken), ("\n \n\t\r\n", .noToken), ("# a\n#b", .noToken),
            ("a/b", .badByte(0x2F, line: 1, column: 2)), ("\nab=\n", .badByte(0x3D, line: 2, column: 3)),
            (" a b", .badByte(0x20, line: 1, column: 3)), ("ok\r\n\r\n\t,", .badByte(0x2C, line: 3, column: 2)),
            ("a\u{e9}", .badByte(0xC3, line: 1, column: 2)), ("\u{feff}a", .badByte(0xEF, line: 1, column: 1)),
            ("a\0", .badByte(0, line: 1, column: 2)), ("a\rb", .badByte(0x0D, line: 1, column: 2)),
            ("a#b", .badByte(0x23, line: 1, column: 2)), ("a\u{7f}", .badByte(0x7F, line: 1, column: 2)),
            ("a\n" + TokenSetTests.longest + "x", .tokenTooLong(line: 2)),
        ] as [(String, TokenFileFailure)])
    func refused(text: String, failure: TokenFileFailure) {
        #expect(throws: failure) { try tokenSet(text) }
    }

    @Test("of all bytes those are allowed that both fields can carry")
    func bytes() {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+".utf8)
        for byte in UInt8.min...UInt8.max where byte != UInt8(ascii: "\n") {
            let isTaken = (try? TokenSet(parsing: [UInt8(ascii: "a"), byte, UInt8(ascii: "b")])) != nil
            #expect(isTaken == allowed.contains(byte), "\(byte)")
        }
    }

    @Test("bytes that are no UTF-8 are refused like others")
    func notUTF8() {
        #expect(throws: TokenFileFailure.badByte(0xFF, line: 1, column: 2)) {
            try TokenSet(parsing: [UInt8(ascii: "a"), 0xFF])
        }
    }

    @Test("what only resembles a token is refused: parts, extensions, a bit off")
    func resembling() throws {
        let token = Array("Zq3-._~+0123456789abcdefghijklmnopqrstuv".utf8)
        let set = try TokenSet(parsing: Array("first\n".utf8) + token + Array("\nlast\n".utf8))
        #expect(set.accepts(token))
        for count in 0..<token.count { #expect(!set.accepts(token[..<count])) }
        for start in 1...token.count { #expect(!set.accepts(token[start...])) }
        for byte in UInt8.min...UInt8.max {
            #expect(!set.accepts(token + [byte]))
            #expect(!set.accepts([byte] + token))
        }
        for index in token.indices {
            for bit in 0..<8 {
                var changed = token
                changed[index] ^= 1 << bit
                #expect(!set.accepts(changed))
            }
        }
        #expect(!set.accepts("First".utf8))
        #expect(!set.accepts("firstlast".utf8))
    }

    @Test("each of many tokens is accepted, the first and the last among them")
    func many() throws {
        let set = try tokenSet((0..<500).map { "token-\($0)" }.joined(separator: "\n"))
        for number in 0..<500 { #expect(set.accepts("token-\(number)".utf8)) }
        for number in 500..<600 { #expect(!set.accepts("token-\(number)".utf8)) }
    }

    @Test("a file is read, up to its largest size")
    func files() throws {
        let file = TemporaryTokenFile()
        let head = Array("secret\n".utf8)
        let comment = [UInt8](repeating: UInt8(ascii: "#"), count: TokenSet.maximumFileBytes - head.count)
        try file.write(head + comment)
        #expect(try TokenSet.read(file: file.path).accepts("secret".utf8))
        try file.write(head + comment + [UInt8(ascii: "#")])
        #expect(throws: TokenFileFailure.fileTooLarge) { try TokenSet.read(file: file.path) }
        try file.write([])
        #expect(throws: TokenFileFailure.noToken) { try TokenSet.read(file: file.path) }
    }

    @Test("a file without an end is too large")
    func endless() {
        #expect(throws: TokenFileFailure.fileTooLarge) { try TokenSet.read(file: "/dev/zero") }
    }

    @Test("a file that cannot be read is named", arguments: ["/nonexistent/tokens", "/tmp"])
    func unreadable(path: String) throws {
        let error = try #require(throws: SystemError.self) { try TokenSet.read(file: path) }
        #expect(error.description.hasPrefix("cannot read \(path): "))
    }

    @Test(
        "messages say where, what was found and what was expected",
        arguments: [
            (
                .badByte(0x2F, line: 3, column: 14),
                "line 3, column 14: expected letters, digits and -._~+ (base64url without = is fine), found /"
            ),
            (
                .badByte(0x20, line: 1, column: 2),
                "line 1, column 2: expected letters, digits and -._~+ (base64url without = is fine), found a space"
            ),
            (
                .badByte(0xC3, line: 1, column: 2),
                "line 1, column 2: expected letters, digits and -._~+ (base64url without = is fine), "
                    + "found the byte 0xC3"
            ),
            (.tokenTooLong(line: 2), "line 2: expected a token of at most 4096 bytes, found a longer one"),
            (.fileTooLarge, "expected a file of at most 1048576 bytes, found a larger one"),
            (.noToken, "expected one token a line, found none"),
        ] as [(TokenFileFailure, String)])
    func messages(failure: TokenFileFailure, text: String) {
        #expect(failure.description == text)
    }
}

/// A file for one test, gone with this object.
private final class TemporaryTokenFile {
    let path = FileManager.default.temporaryDirectory.appending(path: "broadside-tokens-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }
}
