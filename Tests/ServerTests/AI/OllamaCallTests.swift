import FoundationEssentials
import Testing

@testable import Server

@Suite("OllamaCall")
struct OllamaCallTests {
    private func answer(_ status: Int, _ body: String) -> Result<OllamaCall.Answer, AIFailure> {
        OllamaCall.answer(status: status, body: Data(body.utf8), model: "asked", elapsedMilliseconds: 77)
    }

    @Test(
        "the body has the model, the query, the context where there is one, and no streaming",
        arguments: [
            (nil, #"{"model":"m","prompt":"why \"so\"?\n","stream":false}"#),
            (#""be\u0020brief""#, #"{"model":"m","prompt":"why \"so\"?\n","system":"be\u0020brief","stream":false}"#),
            (
                #"{"room":"kitchen"}"#,
                #"{"model":"m","prompt":"why \"so\"?\n","system":"{\"room\":\"kitchen\"}","stream":false}"#
            ),
        ] as [(String?, String)])
    func bodies(context: String?, expected: String) {
        let body = OllamaCall.body(model: "m", query: "why \"so\"?\n", contextJSON: context)
        #expect(String(decoding: body, as: UTF8.self) == expected)
    }

    @Test("a whole answer is taken as it is; nanoseconds become milliseconds")
    func whole() {
        #expect(
            answer(200, OllamaStandIn.good)
                == .success(
                    OllamaCall.Answer(
                        response: "A wave.", model: "llama3.2:latest", inferenceMilliseconds: 1234, tokenCount: 45)))
    }

    @Test("what the service does not say is filled in; what cannot be is 0")
    func gaps() {
        #expect(
            answer(200, #"{"response":""}"#)
                == .success(
                    OllamaCall.Answer(response: "", model: "asked", inferenceMilliseconds: 77, tokenCount: 0)))
        #expect(
            answer(200, #"{"response":"r","total_duration":-5000000,"eval_count":-1}"#)
                == .success(
                    OllamaCall.Answer(response: "r", model: "asked", inferenceMilliseconds: 0, tokenCount: 0)))
    }

    @Test(
        "what is no answer cannot be read",
        arguments: ["", "{", "[]", "null", #"{"done":true}"#, #"{"response":5}"#, #"{"response":null}"#])
    func unreadable(body: String) {
        #expect(answer(200, body) == .failure(.unreadable("expected a JSON object with \"response\"")))
    }

    @Test("another status is a refusal, with the service's reason where it gives one, cut where it is long")
    func refusals() {
        #expect(
            answer(500, #"{"error":"out of memory"}"#) == .failure(.refused(status: 500, reason: "out of memory")))
        #expect(answer(404, "<html>") == .failure(.refused(status: 404, reason: "no reason given")))
        #expect(answer(0, OllamaStandIn.good) == .failure(.refused(status: 0, reason: "no reason given")))
        let long = String(repeating: "r", count: 5000)
        #expect(
            answer(500, "{\"error\":\"\(long)\"}")
                == .failure(.refused(status: 500, reason: String(long.prefix(500)))))
    }

    @Test("failures are answered as a gateway does, and only our own limit is nobody's fault")
    func statusCodes() {
        let failures: [(AIFailure, Int, Bool)] = [
            (.unreachable("r"), 502, true), (.timedOut(seconds: 1), 504, true),
            (.refused(status: 500, reason: "r"), 502, true), (.unreadable("r"), 502, true),
            (.tooLarge(limitBytes: 1), 502, true), (.busy(limit: 1), 503, false),
        ]
        for (failure, status, isFault) in failures {
            #expect(failure.statusCode == status)
            #expect(failure.isFault == isFault)
            #expect(!failure.details.isEmpty)
        }
    }
}
