import Testing

@testable import Server

@Suite("AIRequest")
struct AIRequestTests {
    private func parse(_ body: String) throws(ValidationFailure) -> AIRequest {
        try AIRequest(parsing: Array(body.utf8))
    }

    @Test(
        "the query is read, the context kept as JSON",
        arguments: [
            (#"{"query":"q"}"#, "q", nil), (#"{"query":"a\n\u00e9 \"b\"","more":1}"#, "a\né \"b\"", nil),
            (#"{"context":"c\u0064","query":" "}"#, " ", #""c\u0064""#), (#"{"query":"q","context":""}"#, "q", "\"\""),
            (#"{"query":"q","context" : { "a" : [1, {}] } }"#, "q", #"{ "a" : [1, {}] }"#),
            (#"{"query":"q","context":{}}"#, "q", "{}"),
        ] as [(String, String, String?)])
    func accepted(body: String, query: String, context: String?) throws {
        let request = try parse(body)
        #expect(request.query == query)
        #expect(request.contextJSON == context)
    }

    @Test(
        "what is wrong is said",
        arguments: [
            ("", "expected a JSON object"), ("{}", "query: expected a string that is not empty, found nothing"),
            (#"{"query":""}"#, "query: expected a string that is not empty, found \"\""),
            (#"{"query":5}"#, "query: expected a string that is not empty, found 5"),
            (#"{"query":null}"#, "query: expected a string that is not empty, found null"),
            (#"{"query":"\udc00"}"#, "query: expected a string that is not empty, found half a surrogate pair"),
            (#"{"query":"q","query":"r"}"#, "query: given twice in one object"),
            (#"{"query":"q","context":null}"#, "context: expected a string or an object, found null"),
            (#"{"query":"q","context":[]}"#, "context: expected a string or an object, found an empty array"),
            (#"{"query":"q","context":1}"#, "context: expected a string or an object, found 1"),
            (#"{"query":"q","context":true}"#, "context: expected a string or an object, found true"),
        ] as [(String, String)])
    func refused(body: String, details: String) {
        #expect(throws: ValidationFailure(details)) { _ = try parse(body) }
    }
}
