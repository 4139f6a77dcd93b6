import Testing

@testable import Server

@Suite("ErrorMessage")
struct ErrorMessageTests {
    private func serialize(_ body: String) throws(ValidationFailure) -> String {
        String(
            decoding: try ErrorMessage.serialize(body: Array(body.utf8), nowMilliseconds: 1_640_000_000_000),
            as: UTF8.self)
    }

    @Test("an error is broadcast as the specification prints it, with and without a timestamp of its own")
    func specification() throws {
        let data =
            #"{"error":"Camera unavailable","details":"Failed to access camera device /dev/video0","#
            + #""code":"CAMERA_ERROR""#
        let expected = #"{"type":"error","data":\#(data),"timestamp":1640000000000}}"#
        #expect(try serialize(data + "}") == expected)
        #expect(try serialize(data + #","timestamp":1640000000000}"#) == expected)
    }

    @Test(
        "all codes of the specification pass",
        arguments: ["CAMERA_ERROR", "AI_ERROR", "NETWORK_ERROR", "VALIDATION_ERROR", "RATE_LIMIT"])
    func codes(code: String) throws {
        let data = #"{"error":"e","details":"","code":"\#(code)","extra":[1],"timestamp":5}"#
        #expect(try serialize(" \(data) ") == #"{"type":"error","data":\#(data)}"#)
    }

    private static let everyCode = "CAMERA_ERROR, AI_ERROR, NETWORK_ERROR, VALIDATION_ERROR or RATE_LIMIT"

    @Test(
        "what is wrong is said: where, what was expected, what was found",
        arguments: [
            ("null", "expected a JSON object"), ("{}", "error: expected a string, found nothing"),
            (#"{"error":1.0}"#, "error: expected a string, found 1.0"),
            (#"{"error":"e"}"#, "details: expected a string, found nothing"),
            (#"{"error":"e","details":["d"]}"#, "details: expected a string, found an array"),
            (#"{"error":"e","details":"d"}"#, "code: expected \(everyCode), found nothing"),
            (
                #"{"error":"e","details":"d","code":"camera_error"}"#,
                "code: expected \(everyCode), found \"camera_error\""
            ),
            (#"{"error":"e","details":"d","code":null}"#, "code: expected \(everyCode), found null"),
            (
                #"{"error":"e","details":"d","code":"AI_ERROR","timestamp":1e-3}"#,
                "timestamp: expected a whole number of milliseconds from 0 on, found 1e-3"
            ),
        ] as [(String, String)])
    func refused(body: String, details: String) {
        #expect(throws: ValidationFailure(details)) { try serialize(body) }
    }
}
