import Testing

@testable import WebSocketWire

@Suite("ExtensionElement, RFC 6455 §9.1")
struct ExtensionElementTests {
    @Test("a name with its parameters, blanks around separators left out")
    func parameters() throws {
        let element = try #require(ExtensionElement(" foo ;bar; a = 1\t; b=\"x-y\";c=\"1\\0\""))
        #expect(element.name == "foo")
        #expect(element.parameters.map(\.name) == ["bar", "a", "b", "c"])
        #expect(element.parameters.map(\.value) == [nil, "1", "x-y", "10"])
    }

    @Test("a name alone")
    func nameAlone() throws {
        let element = try #require(ExtensionElement("x-webkit-deflate-frame"))
        #expect(element.name == "x-webkit-deflate-frame")
        #expect(element.parameters.isEmpty)
    }

    @Test(
        "what has another form is refused",
        arguments: [
            "", " ", ";", "foo;", "foo;;bar", ";bar", "foo bar", "foo; b c", "foo=1", "foo; =1", "foo; a=",
            "foo; a=1=2",
            "foo; a=\"\"", "foo; a=\"", "foo; a=\"1", "foo; a=1\"", "foo; a=\"1\\\"", "foo; a=\"1\"2\"",
            "foo; a=\"1 2\"", "foo; a=\"1;2\"", "foo; a=\"1\\\\\"", "foo; a=é", "é",
        ])
    func refused(text: String) {
        #expect(ExtensionElement(text) == nil)
    }
}
