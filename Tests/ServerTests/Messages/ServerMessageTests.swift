import Testing

@testable import Server

@Suite("ServerMessage")
struct ServerMessageTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("answers to clients are those of the specification")
    func answers() {
        #expect(text(ServerMessage.pong(timestampMilliseconds: 5)) == #"{"type":"pong","timestamp":5}"#)
        #expect(
            text(ServerMessage.heartbeatAcknowledgement(timestampMilliseconds: 5))
                == #"{"type":"heartbeat_ack","timestamp":5}"#)
        #expect(
            text(ServerMessage.subscribed([.gesture, .aiResponse], timestampMilliseconds: 6))
                == #"{"type":"subscribed","channels":["gesture","ai_response"],"timestamp":6}"#)
        #expect(
            text(ServerMessage.unsubscribed([.system], timestampMilliseconds: 7))
                == #"{"type":"unsubscribed","channels":["system"],"timestamp":7}"#)
    }

    @Test("an error has a code only where the specification gives it one")
    func errors() {
        #expect(
            text(ServerMessage.error("E", code: "C", details: "\"d\"", timestampMilliseconds: 8))
                == #"{"type":"error","data":{"error":"E","code":"C","details":"\"d\"","timestamp":8}}"#)
        #expect(
            text(ServerMessage.error("E", code: nil, details: "d", timestampMilliseconds: 8))
                == #"{"type":"error","data":{"error":"E","details":"d","timestamp":8}}"#)
    }

    @Test(
        "the number of clients is said in words and as a number",
        arguments: [
            (0, "0 clients connected"), (1, "1 client connected"), (2, "2 clients connected"),
        ])
    func connectionCount(count: Int, words: String) {
        #expect(
            text(ServerMessage.connectionCount(count, timestampMilliseconds: 9))
                == #"{"type":"system","data":{"event":"connection_count","service":"broadside","message":"\#(words)","#
                + #""count":\#(count),"timestamp":9}}"#)
    }
}
