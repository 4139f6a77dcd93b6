import Server

/// JSON that clients and publishers send, each input read as every kind of message. What is accepted is JSON to
/// Foundation as well, and what is made of it has the same members.
enum MessageTarget {
    private static let nowMilliseconds: Int64 = 1_640_000_000_000

    static func check(_ bytes: [UInt8]) throws(FuzzFinding) {
        let gesture = try? GestureMessage.serialize(body: bytes, nowMilliseconds: nowMilliseconds)
        let system = try? SystemMessage.serialize(body: bytes, nowMilliseconds: nowMilliseconds)
        let error = try? ErrorMessage.serialize(body: bytes, nowMilliseconds: nowMilliseconds)
        let targeted = try? TargetedMessage.serialize(body: bytes)
        let question = try? AIRequest(parsing: bytes)
        let client = clientMessage(bytes)
        guard let targeted else {
            // It takes any object, the others objects of some kind.
            guard gesture == nil, system == nil, error == nil, question == nil, client == nil else {
                throw FuzzFinding("expected what is no object to be no message of any kind")
            }
            return
        }
        guard FoundationDialect.covers(bytes) else { return }
        guard let members = JSONTree(parsing: bytes)?.members else {
            throw FuzzFinding("expected a JSON object to be one to Foundation as well")
        }
        guard JSONTree(parsing: targeted)?.members == members else {
            throw FuzzFinding("expected the members of a targeted message to stay as they are")
        }
        if let gesture { try checkEnvelope("gesture", members, gesture) }
        if let system { try checkEnvelope("system", members, system) }
        if let error { try checkEnvelope("error", members, error) }
        if let question { try checkQuestion(question, members) }
        if let client { try checkClientMessage(client, members) }
    }

    private static func clientMessage(_ bytes: [UInt8]) -> ClientMessage? {
        ExactMemory.withCopy(of: bytes) { try? ClientMessage(parsing: UnsafeRawBufferPointer($0)) }
    }

    private static func checkEnvelope(
        _ type: String, _ members: [String: JSONTree], _ message: [UInt8]
    ) throws(FuzzFinding) {
        var data = members
        if data["timestamp"] == nil { data["timestamp"] = .scalar(String(nowMilliseconds)) }
        let expected = JSONTree.object(["type": .string(type), "data": .object(data)])
        let found = JSONTree(parsing: message)
        guard found == expected else {
            throw FuzzFinding("expected \(expected) to be broadcast, found \(String(describing: found))")
        }
    }

    private static func checkQuestion(
        _ question: AIRequest, _ members: [String: JSONTree]
    ) throws(FuzzFinding) {
        let context = question.contextJSON.flatMap { JSONTree(parsing: $0.utf8) }
        guard members["query"] == .string(question.query), members["context"] == context else {
            throw FuzzFinding("expected the query and the context of \(members), found \(question)")
        }
    }

    private static func checkClientMessage(
        _ message: ClientMessage, _ members: [String: JSONTree]
    ) throws(FuzzFinding) {
        let expected: (type: String, channels: [Channel]?) =
            switch message {
            case .subscribe(let channels): ("subscribe", channels)
            case .unsubscribe(let channels): ("unsubscribe", channels)
            case .ping: ("ping", nil)
            case .heartbeat: ("heartbeat", nil)
            }
        guard members["type"] == .string(expected.type) else {
            throw FuzzFinding("expected the type \(expected.type), found \(members)")
        }
        guard let channels = expected.channels else { return }
        guard members["channels"] == JSONTree.array(channels.map { JSONTree.string($0.rawValue) }) else {
            throw FuzzFinding("expected the channels \(channels), found \(members)")
        }
    }
}
