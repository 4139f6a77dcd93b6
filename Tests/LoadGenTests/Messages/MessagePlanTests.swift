import Recording
import Testing
import WebSocketWire

@testable import LoadGen

@Suite("MessagePlan")
struct MessagePlanTests {
    @Test("the usual is not recorded; what is given is")
    func record() throws {
        var plan = MessagePlan()
        #expect(plan.record == nil)
        plan.template = try MessageTemplate(parsing: Array("{{stamp}}".utf8))
        plan.kind = .text
        plan.subscriptions = [try MessageTemplate(parsing: Array("hello".utf8))]
        plan.confirmation = ByteNeedle("ok")
        plan.posting = PostPlan(url: try PublishURL("http://h:80/p?q"), headers: [("X-Key", "secret")])
        #expect(
            plan.record
                == MessagePlanRecord(
                    template: "{{stamp}}", dataRows: nil, frames: "text", wrapped: false, subscribe: ["hello"],
                    subscribed: "ok", senderReceives: true, publishURL: "http://h/p?q", publishHeaderNames: ["X-Key"]))
    }

    @Test("each thing that is not as usual makes a record")
    func eachThing() {
        let changes: [(inout MessagePlan) -> Void] = [
            { $0.kind = .text }, { $0.isWrapped = true }, { $0.senderReceives = false },
            { $0.confirmation = ByteNeedle("x") },
        ]
        for change in changes {
            var plan = MessagePlan()
            change(&plan)
            #expect(plan.record != nil)
        }
    }

    @Test("who is expected to receive follows from mode, echo and who publishes")
    func fanout() throws {
        var plan = LoadPlan(url: try WebSocketURL("ws://h/"))
        #expect(plan.fanout == .everyClient)
        plan.messages.senderReceives = false
        #expect(plan.fanout == .everyOtherClient)
        plan.messages.posting = PostPlan(url: try PublishURL("http://h/"))
        #expect(plan.fanout == .everyClient)
        plan.mode = .echo
        #expect(plan.fanout == .senderOnly)
    }
}
