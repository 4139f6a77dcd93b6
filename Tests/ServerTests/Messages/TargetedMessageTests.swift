import Testing

@testable import Server

@Suite("TargetedMessage")
struct TargetedMessageTests {
    private func serialize(_ body: String) throws(ValidationFailure) -> String {
        String(decoding: try TargetedMessage.serialize(body: Array(body.utf8)), as: UTF8.self)
    }

    @Test(
        "any JSON object goes out as it was sent",
        arguments: ["{}", #"{"type":"anything","data":[1.50,{"a" : null}],"é":"\u00e9"}"#, "{ \n }"])
    func accepted(object: String) throws {
        #expect(try serialize(object) == object)
        #expect(try serialize("\r\n\t \(object) \n") == object)
    }

    @Test(
        "anything else does not",
        arguments: [
            ("", "expected a JSON object"), ("[]", "expected a JSON object"), (#""text""#, "expected a JSON object"),
            (#"{"a":1,}"#, "not valid JSON at byte 7"), (#"{"a":1}{"a":1}"#, "not valid JSON at byte 7"),
            (#"{"a":{"b":1,"b":2}}"#, "b: given twice in one object"),
        ] as [(String, String)])
    func refused(body: String, details: String) {
        #expect(throws: ValidationFailure(details)) { try serialize(body) }
    }
}
