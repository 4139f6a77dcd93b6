import Testing

@testable import LoadGen

@Suite("MessageRenderer")
struct MessageRendererTests {
    private func plan(_ text: String, data: String? = nil) throws -> MessagePlan {
        var plan = MessagePlan()
        plan.data = try data.map { try DataTable(parsing: Array($0.utf8)) }
        plan.template = try MessageTemplate(parsing: Array(text.utf8), columns: plan.data?.columns ?? [])
        return plan
    }

    private func rendered(_ renderer: MessageRenderer, client: Int, sequence: UInt64) throws -> String {
        let template = try #require(renderer.message)
        let values = renderer.values(client: client, sequence: sequence, stamp: nil)
        var bytes = [UInt8](repeating: 0, count: renderer.byteCount(of: template, values))
        bytes.withUnsafeMutableBytes { renderer.write(template, values, into: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("without a template there is no renderer; with a subscription alone there is")
    func needed() throws {
        #expect(MessageRenderer(MessagePlan(), seed: 1) == nil)
        var plan = MessagePlan()
        plan.subscriptions = [try MessageTemplate(parsing: Array("{{client}}".utf8))]
        let renderer = try #require(MessageRenderer(plan, seed: 1))
        #expect(renderer.message == nil)
    }

    @Test("a client's rows begin with its own and go round")
    func rows() throws {
        let plan = try plan("{{v}}", data: "v\na\nb\nc\n")
        let renderer = try #require(MessageRenderer(plan, seed: 1))
        let first = try (UInt64(0)..<5).map { try rendered(renderer, client: 0, sequence: $0) }
        let third = try (UInt64(0)..<3).map { try rendered(renderer, client: 2, sequence: $0) }
        #expect(first == ["a", "b", "c", "a", "b"])
        #expect(third == ["c", "a", "b"])
    }

    @Test("the same seed gives the same random digits, message by message")
    func repeatable() throws {
        let plan = try plan("{{random}}")
        let runs = try ([7, 7, 8] as [UInt64]).map { seed -> [String] in
            let renderer = try #require(MessageRenderer(plan, seed: seed))
            return try (UInt64(0)..<3).map { try rendered(renderer, client: 0, sequence: $0) }
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0] != runs[2])
        #expect(Set(runs[0]).count == 3)
    }
}
