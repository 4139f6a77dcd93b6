import Testing

@testable import Transport

@Suite("CoreList")
struct CoreListTests {
    @Test(
        "cores are read as people write them",
        arguments: [("1", [1]), ("0-3", [0, 1, 2, 3]), ("3,1", [1, 3]), ("0-1,3,3", [0, 1, 3])] as [(String, [Int])])
    func cores(text: String, expected: [Int]) throws {
        #expect(try CoreList(parsing: text, usable: [0, 1, 2, 3]).cores == expected)
    }

    @Test("anything else is refused", arguments: ["", "a", "1,", "-1", "3-1", "1-2-3", "0-99999999", "1 2"])
    func malformed(text: String) {
        #expect(throws: CoreListError.malformed(text)) { try CoreList(parsing: text, usable: [0, 1, 2, 3]) }
    }

    @Test("a core that is not there is named")
    func missing() {
        #expect(throws: CoreListError.notUsable(2, [0, 1])) { try CoreList(parsing: "0-3", usable: [0, 1]) }
    }
}
