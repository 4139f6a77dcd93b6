import FoundationEssentials
import Testing

@testable import Recording

@Suite("ExplicitNull")
struct ExplicitNullTests {
    private struct Record: Codable, Equatable {
        @ExplicitNull var figure: Int?
    }

    @Test(
        "nil is written as null, a value as itself",
        arguments: [(nil, "{\"figure\":null}"), (3, "{\"figure\":3}")] as [(Int?, String)])
    func encode(figure: Int?, expected: String) throws {
        let text = String(decoding: try JSONEncoder().encode(Record(figure: figure)), as: UTF8.self)
        #expect(text == expected)
    }

    @Test(
        "null and a missing key read as nil",
        arguments: [("{\"figure\":null}", nil), ("{}", nil), ("{\"figure\":3}", 3)] as [(String, Int?)])
    func decode(text: String, expected: Int?) throws {
        #expect(try JSONDecoder().decode(Record.self, from: Data(text.utf8)).figure == expected)
    }

    @Test("a value of another type is refused")
    func mistyped() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Record.self, from: Data("{\"figure\":\"x\"}".utf8))
        }
    }
}
