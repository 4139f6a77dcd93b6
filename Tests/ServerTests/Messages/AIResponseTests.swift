import Testing

@testable import Server

@Suite("AIResponse")
struct AIResponseTests {
    @Test("the broadcast is an envelope around the answer's data")
    func serialization() {
        let response = AIResponse(
            query: "q\n", response: "r", model: "m", inferenceMilliseconds: 12, tokenCount: 3,
            timestampMilliseconds: 99)
        let data =
            #"{"query":"q\n","response":"r","metadata":{"model":"m","inferenceTime":12,"tokenCount":3},"timestamp":99}"#
        #expect(String(decoding: response.serializedData(), as: UTF8.self) == data)
        let message = AIResponse.message(data: response.serializedData())
        #expect(String(decoding: message, as: UTF8.self) == #"{"type":"ai_response","data":\#(data)}"#)
    }

    @Test("the built-in responder answers at once, always the same, and counts its words")
    func builtIn() {
        let response = BuiltInResponder.respond(to: "a b", nowMilliseconds: 7)
        #expect(response.query == "a b")
        #expect(response.model == "builtin")
        #expect(response.inferenceMilliseconds == 0)
        #expect(response.timestampMilliseconds == 7)
        #expect(response.tokenCount == response.response.split(separator: " ").count)
        #expect(BuiltInResponder.respond(to: "a b", nowMilliseconds: 7).response == response.response)
    }
}
