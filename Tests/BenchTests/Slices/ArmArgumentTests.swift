import Testing

@testable import Bench

@Suite("ArmArgument")
struct ArmArgumentTests {
    @Test("a name and a command")
    func plain() throws {
        let arm = try ArmArgument(parsing: "bare C=env A=b ./relay '{port}'")
        #expect(arm.name == "bare C")
        #expect(arm.path == nil)
        #expect(arm.commandText == "env A=b ./relay '{port}'")
        #expect(arm.command.words(port: 9) == ["env", "A=b", "./relay", "9"])
    }

    @Test("a path of its own, with a query")
    func path() throws {
        let arm = try ArmArgument(parsing: "uws@/broadcast?room%3D1=./uws {port}")
        #expect(arm.name == "uws")
        #expect(arm.path == "/broadcast?room%3D1")
        #expect(arm.command.words(port: 9) == ["./uws", "9"])
    }

    @Test(
        "what is no arm is told in one line that names it",
        arguments: [
            ("relay", ArmArgumentError.malformed("relay")), ("=x {port}", .malformed("=x {port}")),
            (" =x {port}", .malformed(" =x {port}")), ("a\nb=x {port}", .malformed("a\nb=x {port}")),
            ("a@relay=x {port}", .badPath("expected one that begins with /", arm: "a")),
            ("a@=x {port}", .badPath("expected one that begins with /", arm: "a")),
            ("a@/x y=x {port}", .badPath("The URL's path has characters that must be percent-encoded", arm: "a")),
            ("a=", .badCommand(.empty, arm: "a")), ("a=x", .badCommand(.noPort("x"), arm: "a")),
        ])
    func refusal(text: String, expected: ArmArgumentError) {
        #expect(throws: expected) { try ArmArgument(parsing: text) }
        #expect(!expected.description.contains("\n"))
    }

    @Test("a comparison takes two arms or more, with names of their own")
    func arms() throws {
        #expect(try ArmArgument.arms(parsing: ["a=x {port}", "b=x {port}"]).map(\.name) == ["a", "b"])
        #expect(throws: ArmArgumentError.tooFew(1)) { try ArmArgument.arms(parsing: ["a=x {port}"]) }
        #expect(throws: ArmArgumentError.nameTaken("a")) {
            try ArmArgument.arms(parsing: ["a=x {port}", "a@/y=y {port}"])
        }
    }
}
