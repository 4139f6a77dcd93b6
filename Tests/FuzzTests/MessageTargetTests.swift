import FuzzTargets
import Testing

@testable import Server

/// That the seeds of the JSON target are what they are there for: each kind of message is accepted from one of them at
/// least, so that the comparison with Foundation takes place.
@Suite("Fuzzing: kinds of messages")
struct MessageTargetTests {
    @Test("the corpus has an accepted message of every kind")
    func kinds() throws {
        var accepted: Set<String> = []
        for input in try Corpus.inputs(of: .messages) {
            let bytes = input.bytes
            if (try? GestureMessage.serialize(body: bytes, nowMilliseconds: 0)) != nil { accepted.insert("gesture") }
            if (try? SystemMessage.serialize(body: bytes, nowMilliseconds: 0)) != nil { accepted.insert("system") }
            if (try? ErrorMessage.serialize(body: bytes, nowMilliseconds: 0)) != nil { accepted.insert("error") }
            if (try? AIRequest(parsing: bytes)) != nil { accepted.insert("question") }
            if bytes.withUnsafeBytes({ try? ClientMessage(parsing: $0) }) != nil { accepted.insert("client") }
        }
        #expect(accepted == ["gesture", "system", "error", "question", "client"])
    }
}
